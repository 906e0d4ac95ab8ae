namespace IotGateway.Cloud.Forecasts.Serving;

/// <summary>Form in which rows go to an endpoint and its answer comes back; the answer names its columns.</summary>
internal interface IRowFormat
{
    /// <summary>The media type, of the question and of the answer.</summary>
    string MediaType { get; }

    /// <summary>Writes rows of numbers; NaN where a number is not known.</summary>
    byte[] Write(IReadOnlyList<double[]> rows);

    /// <summary>Reads an answer.</summary>
    /// <exception cref="EndpointAnswerException">It has another form.</exception>
    AnsweredRows Read(byte[] body);
}

/// <summary>Answer of an endpoint as it was read, not yet checked.</summary>
internal sealed record AnsweredRows(IReadOnlyList<string> Columns, IReadOnlyList<double[]> Rows);

/// <summary>Answer of an endpoint that cannot be used, with what was found and what was expected.</summary>
internal sealed class EndpointAnswerException(string found, string expected) : Exception($"it answers {found}; expected {expected}");
