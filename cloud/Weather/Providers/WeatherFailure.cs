namespace IotGateway.Cloud.Weather.Providers;

/// <summary>Reason for which there is no usable answer.</summary>
internal enum WeatherFault
{
    /// <summary>No connection, or one that was cut.</summary>
    Unreachable,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>429: too many requests.</summary>
    TooManyRequests,

    /// <summary>5xx.</summary>
    ServerError,

    /// <summary>Any other status than 200: a wrong key, a place that the provider does not cover.</summary>
    Refused,

    /// <summary>More bytes than we take.</summary>
    TooLarge,

    /// <summary>HTML or something else in place of JSON, or JSON that ends too early.</summary>
    NotJson,

    /// <summary>JSON without what was expected, or with something else in its place.</summary>
    WrongShape,

    /// <summary>Values in a unit that was not asked for or is not known.</summary>
    WrongUnit,

    /// <summary>Weather of another place.</summary>
    WrongPlace,

    /// <summary>An answer without a single value.</summary>
    NoData,
}

/// <summary>An answer that cannot be used.</summary>
/// <param name="Provider">Who answered.</param>
/// <param name="Place">The site it was for.</param>
/// <param name="Fault">The kind.</param>
/// <param name="Detail">What was found and what was expected. Never the address's query: it may hold a key.</param>
/// <param name="RetryAfter">How long the provider asks us to wait; null when it does not say.</param>
internal sealed record WeatherFailure(string Provider, string Place, WeatherFault Fault, string Detail, TimeSpan? RetryAfter = null)
{
    /// <summary>True when trying again soon may help.</summary>
    public bool Passing =>
        Fault is WeatherFault.Unreachable or WeatherFault.Timeout or WeatherFault.TooManyRequests or WeatherFault.ServerError;

    public override string ToString() => $"{Provider} for {Place}: {Fault}: {Detail}";
}

/// <summary>Carries a <see cref="WeatherFailure"/> to where it is booked.</summary>
internal sealed class WeatherException(WeatherFailure failure, Exception? inner = null) : Exception(failure.ToString(), inner)
{
    public WeatherFailure Failure { get; } = failure;
}
