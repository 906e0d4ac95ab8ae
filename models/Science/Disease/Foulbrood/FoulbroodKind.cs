namespace IotGateway.Science.Disease.Foulbrood;

/// <summary>Foulbrood with the ranges of its spread and what is done against it.</summary>
/// <param name="Name">Such as american-foulbrood.</param>
/// <param name="Rate">Chance a week that one diseased colony infects one beside it.</param>
/// <param name="Reach">Distance at which 37 % of that is left, km.</param>
/// <param name="Treatments">Each with the share of treated colonies that stay or become diseased again.</param>
public sealed record FoulbroodKind(string Name, Parameter Rate, Parameter Reach, IReadOnlyList<Parameter> Treatments)
{
    private const string ReachSource =
        "Lindström, Korpela & Fries 2008, Apidologie 39:515: within 1 km of colonies that are robbed out, significantly less at 2 km "
            + "and more. The fall, exp(−(d/reach)²), is ours";

    private static readonly Parameter Destroyed = new(
        "destruction", "", 0, 0,
        "the law of many countries: bees and combs are burnt; infections that nobody found are not in the scenario");

    /// <summary>American foulbrood, by Paenibacillus larvae.</summary>
    public static FoulbroodKind American { get; } = new(
        "american-foulbrood",
        new(
            "chance that a diseased colony infects one beside it", "1/week", 0.0005, 0.02,
            "Goodwin et al. 1994, J. Apic. Res. 33:209: 2 of 25 colonies beside a diseased one in 103 days on average, 0.0054 a week (95 % "
                + "0.0007 to 0.0196); Goodwin et al., The spread of Paenibacillus larvae in an apiary: none of 15 beside five in 19 weeks, "
                + "at most 0.0021"),
        new("reach of drift and robbing", "km", 0.8, 1.6, ReachSource),
        [
            Destroyed,
            new(
                "shook-swarm", "", 0.06, 0.48,
                "Mosca et al. 2023, Agriculture 13:363: relapse of 4 colonies, 22.2 %, with oxytetracycline; 95 % of a share of 18"),
            new(
                "antibiotic", "", 0.15, 0.95,
                "signs come back in 3 of 5 colonies the season after oxytetracycline (Aust. J. Agric. Res. 40:691, 1989); 95 % of a share "
                    + "of 5. It hides the disease and is forbidden in many countries"),
        ]);

    /// <summary>European foulbrood, by Melissococcus plutonius.</summary>
    public static FoulbroodKind European { get; } = new(
        "european-foulbrood",
        new(
            "chance that a diseased colony infects one beside it", "1/week", 0.001, 0.018,
            "Belloy et al. 2007, Apidologie 38:136: bees of 30 % of colonies near diseased apiaries carried it, 0.018 a week over a season "
                + "of 20; that not all carriers fall ill, and the lower end, are ours"),
        new(
            "reach of drift and robbing", "km", 0.8, 3,
            $"{ReachSource}; for this disease the upper end is ours: Belloy et al. tell no distance"),
        [
            Destroyed,
            new(
                "shook-swarm", "", 0.001, 0.24,
                "Waite et al. 2003, Apidologie 34:569: 4.8 % came back the next season, with oxytetracycline; 95 % of 1 in 21, the fewest "
                    + "that make this share"),
            new(
                "antibiotic", "", 0.06, 0.46,
                "Waite et al. 2003, Apidologie 34:569: 21.1 % came back after oxytetracycline alone; 95 % of 4 in 19, the fewest that make "
                    + "this share"),
        ]);

    /// <summary>The treatment of a name; null where there is none.</summary>
    public Parameter? Find(string treatment) => Treatments.FirstOrDefault(t => t.Name == treatment);
}
