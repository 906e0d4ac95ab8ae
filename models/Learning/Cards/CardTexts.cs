namespace IotGateway.Learning.Cards;

/// <summary>Words of the cards.</summary>
internal static class CardTexts
{
    public static readonly CardText Loss = new(
        """
        It says which share of its colonies a US state will lose in a quarter: the value it expects (the median), an interval that the
        truth should stay within four times of five, and the chance that the survey will print 15 % or more. It is a linear mixed model
        on the root of the percentage: the nation's mean, deviations that states, seasons and neighbours share, each shrunk by how much
        its rows tell, and the chance in a survey of few colonies. Its reasons are exact: the deviations add up to what it says.
        """,
        Looks: 2,
        """
        **The test rows were looked at twice.** The first with the variances of 2015–17 for all years, the second learnt anew each year from
        the years before it, as it stands here; the variances are found by likelihood alone. The form, against a ridge regression on the
        root with the means and lags as its inputs, was chosen by the error of 2018–22 (4.36 against 4.39 points at best), which holds
        three of the years tested for probabilities and intervals.
        """,
        """
        - Ridge regression on the root of the loss, inputs of ten sets (means of state, season and both, shrunk; the loss one to three years
          before; last quarter's; colonies): 4.39–4.67 points in 2018–22, and the last quarter added nothing.
        - The mean of ridge and this model: 4.36–4.39 points in 2018–22, no better than this model alone, so it is left out.
        - The variances of 2015–17 kept for all years: benchmark .821, last six quarters 3.86, Brier score .1367, coverage 75 %.
        - Without the neighbours the rows of 2015–17 are less likely (by 4.3 in the logarithm) and the error of 2018–22 is 0.01 higher.
        """,
        """
        - One apiary or hive. A state's loss is that of a few large operations and many small ones.
        - The last quarter and the weather add nothing that can be told from chance.
        - Why colonies were lost. The survey asks for stressors, not causes.
        - A state that is not surveyed by name (from 2024 Q3 all but 20): what it says of those grows wider with every quarter.
        - 2019 Q2 was not surveyed.
        """);

    public static readonly CardText Varroa = new(
        """
        It says in which share of a US state's colonies beekeepers will report Varroa mites in a quarter, with an interval: the same linear
        mixed model as that of losses, learnt from these shares.
        """,
        Looks: 2,
        """
        **The test rows were looked at twice**, as for losses, and nothing was chosen on them.
        """,
        """
        - The variances of 2015–17 kept for all years: 9.37 points.
        """,
        """
        - How many mites. The survey counts colonies that beekeepers say were affected at any time, not mites per bee, and an operation
          that does not look finds none.
        - One apiary or hive: for that wash a sample of bees.
        """);
}
