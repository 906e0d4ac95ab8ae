namespace IotGateway.Edge.Forwarding.Cloud;

/// <summary>Party that speaks with the cloud beside the batches, on topics of its own.</summary>
internal interface ICloudTopics
{
    /// <summary>The topics to listen on, without wildcards.</summary>
    IReadOnlyList<string> Topics { get; }

    /// <summary>Speaks for as long as a connection lasts; what it throws ends the connection.</summary>
    Task RunAsync(CloudLink link, CancellationToken connection);
}
