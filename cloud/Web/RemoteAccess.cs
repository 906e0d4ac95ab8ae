using System.Net;
using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud.Web;

/// <summary>Keeps pages and API to this machine while there are no accounts: whoever wants otherwise must say so.</summary>
internal static class RemoteAccess
{
    private static readonly string[] PortKeys = ["HTTP_PORTS", "HTTPS_PORTS"];

    /// <exception cref="ConfigurationException">An address to listen on is not a loopback one and <c>AllowRemote</c> is not
    /// true.</exception>
    public static void Check(IConfiguration configuration)
    {
        var allowed = false;
        Options.Check(
            configuration["AllowRemote"] is not { } text || bool.TryParse(text, out allowed), "AllowRemote", configuration["AllowRemote"],
            "true or false");
        if (allowed)
            return;

        var endpoints = configuration
            .GetSection("Kestrel:Endpoints")
            .GetChildren()
            .Select(e => (Key: $"{e.Path}:Url", Url: e["Url"] ?? ""));
        var urls = (configuration["Urls"] ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(u => (Key: "Urls", Url: u));
        var ports = PortKeys.Where(k => !string.IsNullOrEmpty(configuration[k]) && string.IsNullOrEmpty(configuration["Urls"]))
            .Select(k => (Key: k, Url: configuration[k]!));
        foreach (var (key, url) in endpoints.Concat(urls).Concat(ports))
        {
            if (!IsLoopback(url))
            {
                throw new ConfigurationException(
                    $"{key} is '{url}'; expected an address of this machine alone, such as http://127.0.0.1:8080: there are no accounts "
                        + $"yet, so whoever reaches it sees everything. Set AllowRemote=true (and AllowedHosts) to allow it.");
            }
        }
    }

    private static bool IsLoopback(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));
}
