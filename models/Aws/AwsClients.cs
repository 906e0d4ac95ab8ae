using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace IotGateway.Aws;

/// <summary>Settings that the clients of all services share. Retries are ours, so that they are paced, counted and told.</summary>
public static class AwsClients
{
    /// <summary>The region that signatures name where a compatible store has none of its own.</summary>
    private const string AnyRegion = "us-east-1";

    /// <summary>Sets the service's address and the patience.</summary>
    /// <typeparam name="T">A service's settings.</typeparam>
    /// <param name="config">The settings.</param>
    /// <param name="region">The region, such as <c>eu-west-1</c>; may be empty with a <paramref name="serviceUrl"/>.</param>
    /// <param name="serviceUrl">The service's address; empty for the region's own.</param>
    /// <param name="timeout">The most that one request may take.</param>
    /// <returns>The settings.</returns>
    public static T For<T>(this T config, string region, string serviceUrl, TimeSpan timeout)
        where T : ClientConfig
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(region);
        ArgumentNullException.ThrowIfNull(serviceUrl);
        config.MaxErrorRetry = 0;
        config.Timeout = timeout;
        if (serviceUrl.Length > 0)
        {
            config.ServiceURL = serviceUrl;
            config.AuthenticationRegion = region.Length > 0 ? region : AnyRegion;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        return config;
    }

    /// <summary>
    /// A client of S3, or of what speaks like it: with an address of its own the bucket is part of the path, and no checksums are asked
    /// for that only AWS knows.
    /// </summary>
    /// <param name="region">The bucket's region; may be empty with a <paramref name="serviceUrl"/>.</param>
    /// <param name="serviceUrl">Empty for AWS.</param>
    /// <param name="timeout">The most that one request may take.</param>
    /// <param name="credentials">Null for the standard chain.</param>
    /// <param name="http">Null for the SDK's own.</param>
    /// <returns>The client.</returns>
    public static AmazonS3Client S3(
        string region, string serviceUrl, TimeSpan timeout, AWSCredentials? credentials = null, HttpClientFactory? http = null)
    {
        ArgumentNullException.ThrowIfNull(serviceUrl);
        var config = new AmazonS3Config
        {
            ForcePathStyle = serviceUrl.Length > 0,
            HttpClientFactory = http,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        }.For(region, serviceUrl, timeout);
        return credentials is null ? new AmazonS3Client(config) : new AmazonS3Client(credentials, config);
    }
}
