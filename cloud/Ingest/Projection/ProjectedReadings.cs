using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Observations;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Ingest.Projection;

/// <summary>
/// The part of a batch that goes into the stores: without readings whose time cannot be, and without what is beyond its gateway's share.
/// What is left out is counted, named in the log, and stays in the record. For one thread at a time.
/// </summary>
internal sealed class ProjectedReadings(GatewayShares shares, Refusals refusals)
{
    /// <param name="batch">What was received.</param>
    /// <param name="received">When, by the cloud's clock.</param>
    /// <param name="now">
    /// The time now, which is later where a batch is applied again: a clock that was behind when it came must not leave out for ever what
    /// has long been measured.
    /// </param>
    public Batch Of(Batch batch, DateTimeOffset received, DateTimeOffset now)
    {
        var timely = Timely.Of(batch, received > now ? received : now, out var untimely);
        refusals.SetAside(batch.Gateway, "untimely", untimely, "a time of more than an hour ahead of its arrival, or of before 2000");
        var within = shares.Within(timely, received, out var beyond);
        refusals.SetAside(batch.Gateway, "beyond_share", beyond, "more devices, unknown metrics or days than a gateway may bring");
        return within;
    }
}
