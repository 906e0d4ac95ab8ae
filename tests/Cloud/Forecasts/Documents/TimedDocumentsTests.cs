using System.Text;
using IotGateway.Cloud.Forecasts.Documents;
using IotGateway.Cloud.Sites;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Tests.Forecasts.Documents;

/// <summary>Suite that every store of timed documents passes.</summary>
public abstract class TimedDocumentsTests
{
    private const string Series = "state";

    protected static readonly DateTimeOffset Start = new(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly SubjectId A = new(SubjectId.Hive, "a"), Ab = new(SubjectId.Hive, "a-b");
    private static readonly DeviceId One = DeviceId.Parse("one"), Two = DeviceId.Parse("two");

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatWasOnceSaidIsNeverRewritten()
    {
        var store = await OpenAsync();
        Assert.Equal(1, await store.AddAsync(A, Series, [Said(0, "watch", One, Two)], Stop));
        Assert.Equal(1, await store.AddAsync(A, Series, [Said(0, "normal"), Said(1, "normal")], Stop));

        var all = await store.RangeAsync(A, Series, Start, Start.AddHours(9), int.MaxValue, Stop);
        Assert.Equal(["watch", "normal"], all.Select(d => Encoding.UTF8.GetString(d.Json)));
        Assert.Equal(["one", "two"], all[0].Devices.Select(d => d.ToString()).Order(StringComparer.Ordinal));
        Assert.Empty(all[1].Devices);
    }

    [Fact]
    public async Task TheNewestIsThatOfTheLatestTimeAndOfThisSeriesAlone()
    {
        var store = await OpenAsync();
        await store.AddAsync(A, Series, [Said(5), Said(3)], Stop);
        Assert.Equal(Start.AddHours(5), (await store.NewestAsync(A, Series, Stop))!.Time);
        Assert.Null(await store.NewestAsync(Ab, Series, Stop));
        Assert.Null(await store.NewestAsync(A, "scores-state", Stop));
        Assert.Null(await store.NewestAsync(A with { Kind = SubjectId.Site }, Series, Stop));

        await store.AddAsync(A, Series, [Said(24 * 40)], Stop);
        await store.AddAsync(Ab, Series, [Said(1)], Stop);
        Assert.Equal(Start.AddDays(40), (await store.NewestAsync(A, Series, Stop))!.Time);
        Assert.Equal(Start.AddHours(1), (await store.NewestAsync(Ab, Series, Stop))!.Time);
    }

    [Fact]
    public async Task ARangeHoldsItsBeginningNotItsEndUpToTheLimit()
    {
        var store = await OpenAsync();
        await store.AddAsync(A, Series, [.. Enumerable.Range(0, 30).Select(h => Said(h))], Stop);

        Assert.Equal([3, 4], Hours(await store.RangeAsync(A, Series, Start.AddHours(3), Start.AddHours(5), 99, Stop)));
        Assert.Equal([0, 1], Hours(await store.RangeAsync(A, Series, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, 2, Stop)));
        Assert.Empty(await store.RangeAsync(A, Series, Start.AddMinutes(1), Start.AddHours(1), 99, Stop));
        Assert.Empty(await store.RangeAsync(A, Series, Start.AddHours(5), Start.AddHours(5), 99, Stop));
    }

    [Fact]
    public async Task WhatIsForgottenIsCountedFirstAndNothingNewerGoes()
    {
        var store = await OpenAsync();
        await store.AddAsync(A, Series, [.. Enumerable.Range(0, 60).Select(h => Said(h, "said", One))], Stop);
        await store.AddAsync(Ab, Series, [Said(20, "said", One)], Stop);

        Assert.Equal(10, await store.ForgetAsync(Start.AddHours(10), delete: false, Stop));
        Assert.Equal(61, await store.ForgetAsync(DateTimeOffset.MaxValue, delete: false, Stop));
        Assert.Equal(10, await store.ForgetAsync(Start.AddHours(10), delete: true, Stop));
        Assert.Equal(10, Hours(await store.RangeAsync(A, Series, Start, Start.AddDays(9), 99, Stop))[0]);
        Assert.Equal(51, await store.ForgetAsync(DateTimeOffset.MaxValue, delete: true, Stop));
        Assert.Null(await store.NewestAsync(A, Series, Stop));
        Assert.Equal(0, await store.EraseAsync(One, delete: false, Stop));
    }

    [Fact]
    public async Task ADeviceIsErasedFromEverySubjectAndSeriesAndNobodyElses()
    {
        var store = await OpenAsync();
        await store.AddAsync(A, Series, [Said(0, "both", One, Two), Said(1, "two", Two)], Stop);
        await store.AddAsync(A, "forecast-death", [Said(0, "one", One)], Stop);
        await store.AddAsync(Ab, Series, [Said(0, "two", Two), Said(1, "none")], Stop);

        Assert.Equal(2, await store.EraseAsync(One, delete: false, Stop));
        Assert.Equal(2, await store.EraseAsync(One, delete: true, Stop));
        Assert.Equal(0, await store.EraseAsync(One, delete: false, Stop));
        Assert.Equal([1], Hours(await store.RangeAsync(A, Series, Start, Start.AddDays(1), 9, Stop)));
        Assert.Equal(2, (await store.RangeAsync(Ab, Series, Start, Start.AddDays(1), 9, Stop)).Count);
        Assert.Equal(2, await store.EraseAsync(Two, delete: false, Stop));
    }

    internal abstract Task<ITimedDocuments> OpenAsync();

    /// <summary>A hive of a device, without the device's name in its own.</summary>
    internal static SubjectId HiveOf(DeviceId device) => new(SubjectId.Hive, $"of-{device.ToString().Sum(c => c)}");

    internal static TimedDocument Said(int hour, string text = "said", params DeviceId[] devices) =>
        Said(Start.AddHours(hour), text, devices);

    internal static TimedDocument Said(DateTimeOffset time, string text, params DeviceId[] devices) => new(
        time, devices, Encoding.UTF8.GetBytes(text));

    private static List<int> Hours(IReadOnlyList<TimedDocument> documents) => [.. documents.Select(r => (int)(r.Time - Start).TotalHours)];
}
