using Amazon;
using Amazon.Runtime;

namespace IotGateway.Cloud.Data.Aws;

/// <summary>What the clients of all services share.</summary>
internal static class AwsClients
{
    /// <summary>Sets where to go and how long to wait. Retries are <see cref="AwsCalls"/>'s, so that they are paced and told.</summary>
    /// <param name="config">A service's.</param>
    /// <param name="options">Checked ones.</param>
    /// <param name="serviceUrl">The service's address; empty for the region's own.</param>
    /// <param name="timeout">How long one request may take.</param>
    public static T For<T>(this T config, AwsOptions options, string serviceUrl, TimeSpan timeout)
        where T : ClientConfig
    {
        config.MaxErrorRetry = 0;
        config.Timeout = timeout;
        if (serviceUrl.Length > 0)
        {
            config.ServiceURL = serviceUrl;
            config.AuthenticationRegion = options.Region;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }

        return config;
    }
}
