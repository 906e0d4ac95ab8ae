using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Observations;

/// <summary>
/// The hot observations: months of readings, ready to be shown and judged. A projection of the raw lake, kept by LiteDB beside the
/// process or by DynamoDB for many workers. Storing is idempotent by a reading's identity, and the first value stays.
/// </summary>
internal interface IObservations
{
    /// <summary>Observations stored, all series together; null where nobody counts them.</summary>
    long? Count { get; }

    /// <summary>
    /// The time of arrival up to which the log is applied, in a store that is one process's and is built anew from the lake: the least time
    /// there is before anything was. Null in a store that keeps none, because it is durable by itself.
    /// </summary>
    DateTimeOffset? Position { get; }

    /// <summary>Stores batches in their order: readings, the sequences as applied, the losses told of.</summary>
    /// <param name="batches">What to store.</param>
    /// <param name="position">Up to when batches are applied with these; null leaves <see cref="Position"/> as it is.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What became of each batch's readings.</returns>
    Task<IReadOnlyList<StoreResult>> StoreAsync(IReadOnlyList<Batch> batches, DateTimeOffset? position, CancellationToken cancellation);

    /// <summary>Makes all that was stored durable, where storing alone does not.</summary>
    Task FlushAsync(CancellationToken cancellation);

    /// <summary>The series of a device with their newest values, by metric; empty for a device never heard.</summary>
    Task<IReadOnlyList<Series>> LatestAsync(DeviceId device, CancellationToken cancellation);

    /// <summary>Devices that ever reported, ascending: those after one, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<DeviceId>> DevicesAsync(DeviceId? after, int limit, CancellationToken cancellation);

    /// <summary>
    /// Observations with <paramref name="from"/> ≤ time &lt; <paramref name="to"/>, ascending, at most <paramref name="limit"/>; the next
    /// page begins after the last one's time.
    /// </summary>
    Task<IReadOnlyList<Observation>> RangeAsync(
        DeviceId device, string metric, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation);

    /// <summary>
    /// Least, mean and greatest of each <paramref name="width"/> that has observations, ascending. Buckets count from 1970 UTC.
    /// </summary>
    /// <param name="device">Whose.</param>
    /// <param name="metric">Of what.</param>
    /// <param name="from">A whole hour.</param>
    /// <param name="to">A whole hour.</param>
    /// <param name="width">Whole hours.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<IReadOnlyList<Bucket>> BucketsAsync(
        DeviceId device, string metric, DateTimeOffset from, DateTimeOffset to, TimeSpan width, CancellationToken cancellation);

    /// <summary>The streams that batches came in, each with its applied sequences; the one applied last stands last.</summary>
    Task<IReadOnlyList<AppliedStream>> StreamsAsync(CancellationToken cancellation);

    /// <summary>The applied sequences of one stream, by whichever process; empty for one that nothing came in.</summary>
    Task<SequenceSet> AppliedAsync(string gateway, string stream, CancellationToken cancellation);

    /// <summary>Losses that a gateway told of, newest last; at most the last hundred.</summary>
    Task<IReadOnlyList<Gap>> GapsAsync(string gateway, CancellationToken cancellation);

    /// <summary>Contests of a gateway that sent the later value, newest last; at most the last hundred.</summary>
    Task<IReadOnlyList<Contest>> ContestsAsync(string gateway, CancellationToken cancellation);

    /// <summary>
    /// Counts the observations of a device, or whatever else there is of one without any, and deletes all of it when told to.
    /// </summary>
    Task<long> EraseAsync(DeviceId device, bool delete, CancellationToken cancellation);

    /// <summary>Counts the observations of a time before another, and deletes them when told to; null in a store that keeps all.</summary>
    Task<long?> ForgetAsync(DateTimeOffset before, bool delete, CancellationToken cancellation);
}

/// <summary>The sequences of a gateway's stream whose readings are in the store.</summary>
internal sealed record AppliedStream(string Gateway, string Stream, SequenceSet Applied)
{
    /// <summary>Streams known of a gateway; the one that was quiet longest is forgotten for a new one.</summary>
    public const int MostStreams = 64;

    /// <summary>Ranges known of a stream.</summary>
    public const int MostRanges = 4096;

    /// <summary>
    /// Adds a range to a stream's; beyond the bound the oldest but the first, which says what is whole, is forgotten: sent again, it
    /// changes nothing.
    /// </summary>
    public static void Add(SequenceSet sequences, SequenceRange range)
    {
        sequences.Add(range.First, range.Last);
        if (sequences.Ranges.Count > MostRanges)
            sequences.Remove(sequences.Ranges[1].First, sequences.Ranges[1].Last);
    }
}

/// <summary>A series' observations of one span of time.</summary>
/// <param name="From">Where the span begins.</param>
/// <param name="Count">How many observations.</param>
/// <param name="Min">The least value, in the series' unit.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Max">The greatest.</param>
internal readonly record struct Bucket(DateTimeOffset From, int Count, double Min, double Mean, double Max);
