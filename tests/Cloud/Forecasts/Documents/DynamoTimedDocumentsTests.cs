using System.Text;
using IotGateway.Cloud.Data.Aws;
using IotGateway.Cloud.Forecasts.Documents;
using IotGateway.Cloud.Observations.Dynamo;
using IotGateway.Cloud.Sites;
using IotGateway.Tests.Services;

namespace IotGateway.Cloud.Tests.Forecasts.Documents;

public sealed class DynamoTimedDocumentsTests(AwsServices aws) : TimedDocumentsTests, IDisposable
{
    private readonly List<DynamoDatabase> _open = [];

    public void Dispose() => _open.ForEach(d => d.Dispose());

    [Fact]
    public async Task OfSeveralProcessesOneSaysEachHour()
    {
        var store = await OpenAsync();
        var hive = new SubjectId(SubjectId.Hive, "a");
        var processes = Enumerable.Range(0, 4)
            .Select(i => store.AddAsync(hive, "state", [.. Enumerable.Range(0, 24).Select(h => Said(h, $"by {i}"))], Stop));

        Assert.Equal(24, (await Task.WhenAll(processes)).Sum());
        var said = await store.RangeAsync(hive, "state", Start, Start.AddDays(1), 99, Stop);
        Assert.Equal(24, said.Count);
        Assert.All(said, d => Assert.StartsWith("by ", Encoding.UTF8.GetString(d.Json), StringComparison.Ordinal));
    }

    internal override async Task<ITimedDocuments> OpenAsync()
    {
        var database = new DynamoDatabase(
            $"t{Guid.NewGuid():N}-", new AwsOptions { Region = AwsServices.Region }, await aws.DynamoAsync(), TimeProvider.System,
            AwsServices.Credentials);
        _open.Add(database);
        await database.CreateTablesAsync(Stop);
        return new DynamoTimedDocuments(database, 13, TimeProvider.System);
    }
}
