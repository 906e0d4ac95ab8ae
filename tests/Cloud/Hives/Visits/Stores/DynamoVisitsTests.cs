using IotGateway.Cloud.Data.Aws;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Hives.Visits.Stores;
using IotGateway.Cloud.Observations.Dynamo;
using IotGateway.Tests.Services;

namespace IotGateway.Cloud.Tests.Hives.Visits.Stores;

public sealed class DynamoVisitsTests(AwsServices aws) : VisitStoreTests, IDisposable
{
    private readonly List<DynamoDatabase> _open = [];

    public void Dispose() => _open.ForEach(d => d.Dispose());

    [Fact]
    public async Task OfSeveralProcessesOneWritesAVersion()
    {
        var store = await OpenAsync();
        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => store.AddAsync(A, Written("v", 1, $"by {i}"), Stop)));
        Assert.Single(added, a => a);
        Assert.StartsWith("by ", Assert.Single(await store.AllAsync(A, Stop)).Visit.Note, StringComparison.Ordinal);
    }

    internal override async Task<IVisitStore> OpenAsync()
    {
        var database = new DynamoDatabase(
            $"t{Guid.NewGuid():N}-", new AwsOptions { Region = AwsServices.Region }, await aws.DynamoAsync(), TimeProvider.System,
            AwsServices.Credentials);
        _open.Add(database);
        await database.CreateTablesAsync(Stop);
        return new DynamoVisits(database);
    }
}
