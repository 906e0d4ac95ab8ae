using System.Globalization;

namespace IotGateway.Hosting;

/// <summary>A count with its noun, for pages, problems and log lines.</summary>
public static class Counted
{
    /// <summary>The number with a comma at each thousand, and the noun that goes with it: "1 batch", "2,000 batches".</summary>
    public static string Of(long number, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? one : many)}");
}
