using System.Globalization;
using IotGateway.Analyst;
using IotGateway.Tables;

namespace IotGateway.Science.Tests.Hive.Colony;

public sealed class ColonyCommandTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void AHivesDaysGiveRangesThatAVisitNarrows()
    {
        var lines = Run(30, "10,,");
        Assert.Equal(30, lines.Length);
        var (before, after) = (Bees(lines[18]), Bees(lines[19]));
        Assert.True(after[2] - after[0] < before[2] - before[0]);
        Assert.True(after[0] <= after[1] && after[1] <= after[2]);
        Assert.StartsWith("2021-06-20,", lines[19], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("400,,", "frames")]
    [InlineData("-2,,", "frames")]
    [InlineData("10,5,0", "mites")]
    public void WhatCannotBeIsRefusedByRowAndColumn(string visit, string column)
    {
        var refusal = Assert.Throws<TableException>(() => Run(30, visit));
        Assert.Contains(column, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("21", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AGapInTheDaysIsRefused()
    {
        File.WriteAllText(_file, "yr,mon,day,temp,flight\n2021,6,1,18,8\n2021,6,3,18,8\n");
        Assert.Contains("2021-06-02", Assert.Throws<TableException>(Compute).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFirstDayInWinterIsRefused()
    {
        File.WriteAllText(_file, "yr,mon,day,temp,flight\n2021,1,1,-8,0\n");
        Assert.Throws<TableException>(Compute);
    }

    /// <summary>Lines of June days with a thermometer and, on the 20th, a visit of frames, mites and bees washed.</summary>
    private string[] Run(int days, string visit)
    {
        var rows = Enumerable.Range(1, days).Select(d => $"2021,6,{d},18,8,0.2,{(d == 20 ? visit : ",,")}");
        File.WriteAllText(_file, "yr,mon,day,temp,flight,swing,frames,mites,washed\n" + string.Join('\n', rows) + "\n");
        return Compute();
    }

    private string[] Compute()
    {
        using var output = new StringWriter();
        ColonyCommand.Run(_file, 45.5, 1, output, TextWriter.Null);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
    }

    private static double[] Bees(string line) =>
        [.. line.Split(',')[1..4].Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
}
