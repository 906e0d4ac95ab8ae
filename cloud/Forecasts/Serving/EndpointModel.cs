using IotGateway.Aws;

namespace IotGateway.Cloud.Forecasts.Serving;

/// <summary>
/// Model behind an endpoint, asked in batches. A batch counts whole or not at all; one that does not comes back as its reason, and whoever
/// asked falls back. An endpoint that is away is left alone for a minute, so that the next hives do not wait for it each.
/// </summary>
internal sealed class EndpointModel(
    SageMakerEndpoint endpoint, ServingOptions options, TimeProvider time, ILogger<EndpointModel> log)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly IRowFormat _format = options.Format == ServingOptions.Csv ? new CsvRows() : new JsonRows();
    private readonly Lock _gate = new();
    private (DateTimeOffset Until, string Reason) _away;

    /// <summary>The model's name, for the record.</summary>
    public string Name => options.Model;

    /// <summary>Numbers said of each row, or the reason why the endpoint said none.</summary>
    /// <param name="rows">The features, NaN where one is not known.</param>
    /// <param name="columns">The columns that the answer must have, in this order.</param>
    /// <param name="fault">What speaks against a row of the answer, whose numbers are finite; null where nothing does.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<ServedRow>> PredictAsync(
        IReadOnlyList<double[]> rows, IReadOnlyList<string> columns, Func<double[], string?> fault, CancellationToken cancellation)
    {
        var served = new List<ServedRow>();
        foreach (var batch in rows.Chunk(options.BatchRows))
            served.AddRange(await PredictBatchAsync(batch, columns, fault, cancellation));
        return served;
    }

    private async Task<IEnumerable<ServedRow>> PredictBatchAsync(
        double[][] batch, IReadOnlyList<string> columns, Func<double[], string?> fault, CancellationToken cancellation)
    {
        if (IsAway() is { } away)
            return batch.Select(_ => ServedRow.Failed(away));
        string reason;
        try
        {
            var reply = await endpoint.InvokeAsync(_format.Write(batch), _format.MediaType, cancellation);
            var rows = Read(reply, batch.Length, columns, fault);
            var by = $"endpoint {options.Endpoint}{(reply.Variant.Length > 0 ? $", variant {reply.Variant}" : "")}";
            var version = reply.Variant.Length > 0 ? $"{options.Version}/{reply.Variant}" : options.Version;
            return rows.Select(row => new ServedRow(row, by, version, null));
        }
        catch (AwsException e)
        {
            reason = e.Message;
            lock (_gate)
                _away = (time.GetUtcNow() + Rest, reason);
        }
        catch (EndpointAnswerException e)
        {
            reason = $"endpoint {options.Endpoint}: {e.Message}";
        }

        log.FellBack(batch.Length, reason);
        return batch.Select(_ => ServedRow.Failed(reason));
    }

    private IReadOnlyList<double[]> Read(EndpointReply reply, int count, IReadOnlyList<string> columns, Func<double[], string?> fault)
    {
        if (reply.MediaType != _format.MediaType)
            throw new EndpointAnswerException($"'{Web.Problem.Shown(reply.MediaType)}'", _format.MediaType);
        var (answered, rows) = _format.Read(reply.Body);
        if (!answered.SequenceEqual(columns, StringComparer.Ordinal))
            throw new EndpointAnswerException(
                $"the columns {Web.Problem.Shown(string.Join(",", answered))}", $"{columns.Count} columns, {columns[0]} to {columns[^1]}");
        if (rows.Count != count)
            throw new EndpointAnswerException($"{rows.Count} rows", $"{count}, one for each that was sent");
        foreach (var row in rows)
        {
            if (row.Length != columns.Count)
                throw new EndpointAnswerException($"a row of {row.Length} numbers", $"{columns.Count}");
            if (!Array.TrueForAll(row, double.IsFinite))
                throw new EndpointAnswerException("a number that is none (NaN, or infinite)", "numbers alone");
            if (fault(row) is { } said)
                throw new EndpointAnswerException(said, "numbers that can be");
        }

        return rows;
    }

    private string? IsAway()
    {
        lock (_gate)
            return time.GetUtcNow() < _away.Until ? $"{_away.Reason}; not asked again for a minute" : null;
    }
}

/// <summary>Numbers that an endpoint said of a row, or the reason why it said none.</summary>
/// <param name="Values">By column; null where it said none.</param>
/// <param name="By">Who said them: the endpoint and its variant.</param>
/// <param name="Version">Of the model, with the variant.</param>
/// <param name="Reason">Why there are none; null where there are.</param>
internal sealed record ServedRow(double[]? Values, string By, string Version, string? Reason)
{
    public static ServedRow Failed(string reason) => new(null, "", "", reason);
}
