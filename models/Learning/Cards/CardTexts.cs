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
        Looks: 5,
        """
        **The test rows were looked at five times.** The first with the variances of 2015–17 for all years, the second learnt anew each year
        from the years before it, as it stands here; the variances are found by likelihood alone. The three behind it were of means of
        several models, which were not taken: on earlier quarters they gained nothing. The form, against a ridge regression on the
        root with the means and lags as its inputs, was chosen by the error of 2018–22 (4.36 against 4.39 points at best), which holds
        three of the years tested for probabilities and intervals.
        """,
        """
        - Ridge regression on the root of the loss, inputs of ten sets (means of state, season and both, shrunk; the loss one to three years
          before; last quarter's; colonies): 4.39–4.67 points in 2018–22, and the last quarter added nothing.
        - The mean of ridge and this model: 4.36–4.39 points in 2018–22, no better than this model alone, so it is left out.
        - Half this model, half the mean of 66 ridge regressions (eleven sets of inputs, three penalties, all years alike or the late ones
          more): 4.35 points in 2020–22 against 4.36; on the test rows benchmark .800, last six quarters 3.71, Brier score .1365.
        - The mean of the eight best of 417 ridge regressions with inputs drawn by chance. Chosen on 2020–22 (4.33 points there): benchmark
          .809. Chosen on 2020–23 (4.28): last six quarters 3.68. Chosen on 2018–19: Brier score .1369. Halved with this model: .805, 3.71,
          .1365.
        - Single ridge regressions on the test rows: benchmark .793 to .826, last six quarters 3.62 to 3.85, Brier score .138 to .141. Which
          of them is best there cannot be told before: in 2018–22 it is no better (4.42 against 4.36). Others have reached .77 and 3.57;
          without choosing on the test rows we do not.
        - Colonies added, renovated, with Varroa or disease in the year before, growth of a state's colonies, late years weighing more:
          4.34 to 4.40 points in 2018–22.
        - The variances of 2015–17 kept for all years: benchmark .821, last six quarters 3.86, Brier score .1367, coverage 75 %.
        - Without the neighbours the rows of 2015–17 are less likely (by 4.3 in the logarithm) and the error of 2018–22 is 0.01 higher.
        """,
        """
        - One apiary or hive. A state's loss is that of a few large operations and many small ones.
        - The last quarter adds nothing that can be told from chance.
        - The weather: the table's last lines move each forecast by what earlier errors had to do with temperature, humidity, rain and
          wind, each less what was usual there (12 forms were looked at; one slope each and a firm penalty cost least, and stand here).
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
        - The weather (the table's last lines, as for losses): the error grows with it.
        """,
        """
        - How many mites. The survey counts colonies that beekeepers say were affected at any time, not mites per bee, and an operation
          that does not look finds none.
        - One apiary or hive: for that wash a sample of bees.
        """);
}
