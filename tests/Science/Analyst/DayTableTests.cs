using IotGateway.Analyst;
using IotGateway.Science.Fire.Danger;
using IotGateway.Tables;
using Xunit;

namespace IotGateway.Science.Tests.Analyst;

/// <summary>Daily fire weather in the shapes that people's files have.</summary>
public sealed class DayTableTests : IDisposable
{
    private const string Header = "yr,mon,day,temp,rh,ws,prec,lat\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("days").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("fwi-plain.csv", 3)]
    [InlineData("fwi-bom.csv", 3)]
    [InlineData("fwi-excel-trailing.csv", 3)]
    [InlineData("fwi-semicolon-comma.csv", 1)]
    [InlineData("fwi-south.csv", 1)]
    public void WhatCanBeReadIsReadAsTheSameNumbers(string file, int days)
    {
        var (output, errors) = Run(Fault(file));

        Assert.Equal(days + 1, output.Count(c => c == '\n'));
        Assert.Empty(errors);
        if (file != "fwi-south.csv")
            Assert.StartsWith(string.Join('\n', Run(Fault("fwi-plain.csv")).Output.Split('\n').Take(2)), output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fwi-no-prec.csv", "fwi-no-prec.csv row 1, column prec:", "a column prec")]
    [InlineData("fwi-empty.csv", "fwi-empty.csv row 1:", "a header")]
    [InlineData("fwi-short-row.csv", "fwi-short-row.csv row 2, column prec:", "8 cells, where there are 6")]
    [InlineData("fwi-bad-date.csv", "fwi-bad-date.csv row 2, column day: '30'", "a day from 1 to 28")]
    [InlineData("fwi-na.csv", "fwi-na.csv row 2, column temp: 'NA'", "a number")]
    [InlineData("fwi-decimal-day.csv", "fwi-decimal-day.csv row 2, column yr: '2026.0'", "a whole number")]
    [InlineData("fwi-rh0.csv", "fwi-rh0.csv row 2, column rh: '0'", "relative humidity (%) above 0")]
    public void WhatCannotBeReadIsOneErrorWithFileRowAndColumn(string file, string where, string expected)
    {
        var error = Assert.Throws<TableException>(() => Run(Fault(file)));

        Assert.StartsWith(where, error.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read; expected " + expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("", "row 2: '' cannot be read; expected at least one row")]
    [InlineData("2026,6,1,-3,5,35,12,0,46\n", "row 2, column 9, which has no name: '46'")]
    [InlineData("2026,6,1,\"3,5\",35,12,0,46\n", "row 2, column temp: '3,5'")]
    [InlineData("2026,6,1,1.013,5,35,0,46\n2026,6,3,20,35,12,0,46\n", "row 3, column day: '3'")]
    [InlineData("2026,6,1,20,35,12,0,46\n2026,5,31,20,35,12,0,46\n", "row 3, column day: '31'")]
    [InlineData("2026,6,1,20,35,12,0,46\n2026,6,2,20,35,12,0,47\n", "row 3, column lat: '47'")]
    [InlineData("2026,6,1,20,35,12,0,146\n", "row 2, column lat: '146'")]
    [InlineData("2026,6,1,2O,35,12,0,46\n", "row 2, column temp: '2O'")]
    [InlineData("2026,6,1,1e999,35,12,0,46\n", "row 2, column temp: '1e999'")]
    [InlineData("2026,6,1,1 000,35,12,0,46\n", "row 2, column temp: '1 000'")]
    [InlineData("2026,6,1,−3,35,12,0,46\n", "row 2, column temp: '−3'")]
    [InlineData("2026,13,1,20,35,12,0,46\n", "row 2, column mon: '13'")]
    [InlineData("99999999999,6,1,20,35,12,0,46\n", "row 2, column yr: '99999999999'")]
    [InlineData("2026,6,1,20,35,12,\"0,46\n", "row 2: '2026,6,1,20,35,12,\"0,46' cannot be read; expected every quote closed")]
    public void AValueThatCouldBeTwoThingsIsRefused(string rows, string where) =>
        Assert.Contains(where, Assert.Throws<TableException>(() => Run(Written(Header + rows))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("yr;mon;day;temp;rh;ws;prec;lat\n2026;6;1;20,5;35;12.5;0;46\n", "column ws: '12.5'", "a decimal comma")]
    [InlineData("yr;mon;day;temp;rh;ws;prec;lat\n2026;6;1;1.020,5;35;12;0;46\n", "column temp: '1.020,5'", "one decimal mark")]
    [InlineData("yr\tmon\tday\ttemp\trh\tws\tprec\tlat\n2026\t6\t1\t20.5\t35\t12,5\t0\t46\n", "column ws: '12,5'", "a decimal point")]
    [InlineData("yr,mon,day,temp,rh,ws,prec,lat,temp\n2026,6,1,20,35,12,0,46,20\n", "row 1, column temp", "each name once")]
    public void AFileHasOneDecimalMarkAndEachColumnOnce(string text, string where, string expected)
    {
        var error = Assert.Throws<TableException>(() => Run(Written(text))).Message;

        Assert.Contains(where, error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sep=;\nyr;mon;day;temp;rh;ws;prec;lat\n2026;6;1;20,5;35;12;0;46\n")]
    [InlineData("\"yr\",\"mon\",\"day\",\"temp\",\"rh\",\"ws\",\"prec\",\"lat\"\r\n\"2026\",6,1,\"20.5\",35,12,0,46\r\n,,,,,,,\r\n\r\n")]
    [InlineData("\"\",yr,mon,day,temp,rh,ws,prec,lat\n\"1\",2026,6,1,20.5,35,12,0,46\n")]
    public void SpreadsheetsAndStatisticsWriteItInTheirWays(string text) =>
        Assert.Equal(Run(Fault("fwi-semicolon-comma.csv")).Output, Run(Written(text)).Output);

    [Fact]
    public void ColumnsThatAreNotUsedAreNamed() => Assert.Equal(
        "days.csv: not used: id, gust\n",
        Run(Written("id,yr,mon,day,temp,rh,ws,prec,lat,gust\n7,2026,6,1,20.5,35,12,0,46,30\n")).Errors);

    [Fact]
    public void AScaleThatIsNoneIsRefused() => Assert.Throws<InputException>(
        () => FwiCommand.Run(Fault("fwi-plain.csv"), null, FwiCodes.SeasonStart, "Europe", TextWriter.Null, TextWriter.Null));

    private static (string Output, string Errors) Run(string path)
    {
        var (output, errors) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        FwiCommand.Run(path, null, FwiCodes.SeasonStart, "EFFIS", output, errors);
        return (output.ToString(), errors.ToString());
    }

    private static string Fault(string file) => Path.Combine(AppContext.BaseDirectory, "Analyst", "faults", file);

    private string Written(string text)
    {
        var path = Path.Combine(_folder, "days.csv");
        File.WriteAllText(path, text);
        return path;
    }
}
