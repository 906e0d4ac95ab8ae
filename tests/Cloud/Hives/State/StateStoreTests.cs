using IotGateway.Cloud.Data.Aws;
using IotGateway.Cloud.Hives.State;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Observations.Dynamo;
using IotGateway.Telemetry;
using IotGateway.Tests.Services;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotGateway.Cloud.Tests.Hives.State;

/// <summary>What every book keeps to.</summary>
public abstract class StateStoreTests
{
    protected static readonly DateTimeOffset Start = new(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DeviceId A = DeviceId.Parse("a"), Ab = DeviceId.Parse("a-b");

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARunOnceSaidIsNeverRewritten()
    {
        var book = await OpenAsync();
        Assert.Equal(1, await book.AddAsync(A, [Said(0, ColonyState.Watch)], Stop));
        Assert.Equal(1, await book.AddAsync(A, [Said(0, ColonyState.Normal), Said(1, ColonyState.Normal)], Stop));

        var all = await book.RangeAsync(A, Start, Start.AddHours(9), int.MaxValue, Stop);
        Assert.Equal([ColonyState.Watch, ColonyState.Normal], all.Select(r => r.State));
        Assert.Equal("said at 0", all[0].Reasons[0].Text);
        Assert.Equal(34.5, all[0].Evidence.TemperatureCelsius);
    }

    [Fact]
    public async Task TheNewestIsThatOfTheLatestHourAndOfThisDeviceAlone()
    {
        var book = await OpenAsync();
        await book.AddAsync(A, [Said(5), Said(3)], Stop);
        Assert.Equal(Start.AddHours(5), (await book.NewestAsync(A, Stop))!.AsOf);
        Assert.Null(await book.NewestAsync(Ab, Stop));

        await book.AddAsync(A, [Said(24 * 40)], Stop);
        await book.AddAsync(Ab, [Said(1)], Stop);
        Assert.Equal(Start.AddDays(40), (await book.NewestAsync(A, Stop))!.AsOf);
        Assert.Equal(Start.AddHours(1), (await book.NewestAsync(Ab, Stop))!.AsOf);
    }

    [Fact]
    public async Task ARangeHoldsItsBeginningAndNotItsEndAndNoMoreThanAskedFor()
    {
        var book = await OpenAsync();
        await book.AddAsync(A, [.. Enumerable.Range(0, 30).Select(h => Said(h))], Stop);

        Assert.Equal([3, 4], Hours(await book.RangeAsync(A, Start.AddHours(3), Start.AddHours(5), 99, Stop)));
        Assert.Equal([0, 1], Hours(await book.RangeAsync(A, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, 2, Stop)));
        Assert.Empty(await book.RangeAsync(A, Start.AddMinutes(1), Start.AddHours(1), 99, Stop));
        Assert.Empty(await book.RangeAsync(A, Start.AddHours(5), Start.AddHours(5), 99, Stop));
    }

    [Fact]
    public async Task WhatIsForgottenIsCountedFirstAndNobodyElsesGoes()
    {
        var book = await OpenAsync();
        await book.AddAsync(A, [.. Enumerable.Range(0, 60).Select(h => Said(h))], Stop);
        await book.AddAsync(Ab, [Said(0)], Stop);

        Assert.Equal(10, await book.ForgetAsync(A, Start.AddHours(10), delete: false, Stop));
        Assert.Equal(60, await book.ForgetAsync(A, DateTimeOffset.MaxValue, delete: false, Stop));
        Assert.Equal(10, await book.ForgetAsync(A, Start.AddHours(10), delete: true, Stop));
        Assert.Equal(10, Hours(await book.RangeAsync(A, Start, Start.AddDays(9), 99, Stop))[0]);
        Assert.Equal(50, await book.ForgetAsync(A, DateTimeOffset.MaxValue, delete: true, Stop));
        Assert.Null(await book.NewestAsync(A, Stop));
        Assert.NotNull(await book.NewestAsync(Ab, Stop));
    }

    internal abstract Task<IStateStore> OpenAsync();

    internal static HiveState Said(int hour, ColonyState state = ColonyState.Normal) =>
        new(Start.AddHours(hour), state, [new Reason(state, "fall", $"said at {hour}")], new StateEvidence { TemperatureCelsius = 34.5 });

    private static List<int> Hours(IReadOnlyList<HiveState> runs) => [.. runs.Select(r => (int)(r.AsOf - Start).TotalHours)];
}

public sealed class LiteStateStoreTests : StateStoreTests, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<LiteStateStore> _open = [];

    public void Dispose()
    {
        _open.ForEach(b => b.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public void ADamagedBookIsSetAsideAndANewOneBegun()
    {
        var file = _folder.File("damaged.db");
        File.WriteAllBytes(file, [.. Enumerable.Repeat((byte)7, 20_000)]);
        using var book = LiteStateStore.Open(file, TimeProvider.System, NullLogger<LiteStateStore>.Instance);
        Assert.Null(book.Newest(DeviceId.Parse("a")));
        Assert.Single(Directory.GetFiles(_folder.Path, "damaged.db.*.aside"));
    }

    internal override Task<IStateStore> OpenAsync()
    {
        _open.Add(new LiteStateStore(_folder.File("forecasts.db")));
        return Task.FromResult<IStateStore>(_open[^1]);
    }
}

public sealed class DynamoStateStoreTests(AwsServices aws) : StateStoreTests, IDisposable
{
    private readonly List<DynamoDatabase> _open = [];

    public void Dispose() => _open.ForEach(d => d.Dispose());

    [Fact]
    public async Task OfSeveralForecastersOneSaysEachHour()
    {
        var book = await OpenAsync();
        var forecasters = Enumerable.Range(0, 4).Select(i => book.AddAsync(DeviceId.Parse("a"), [.. Enumerable.Range(0, 24).Select(h => Said(h, (ColonyState)i))], Stop));

        Assert.Equal(24, (await Task.WhenAll(forecasters)).Sum());
        Assert.Equal(24, (await book.RangeAsync(DeviceId.Parse("a"), Start, Start.AddDays(1), 99, Stop)).Count);
    }

    internal override async Task<IStateStore> OpenAsync()
    {
        var database = new DynamoDatabase($"t{Guid.NewGuid():N}-", new AwsOptions { Region = AwsServices.Region }, await aws.DynamoAsync(), TimeProvider.System, AwsServices.Credentials);
        _open.Add(database);
        await database.CreateTablesAsync(Stop);
        return new DynamoStateStore(database, 13, TimeProvider.System);
    }
}
