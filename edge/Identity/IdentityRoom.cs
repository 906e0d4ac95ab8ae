using System.Security.Cryptography;
using IotGateway.Edge.Settings;
using IotGateway.Hosting.Configuration;
using IotGateway.Storage.Files;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Identity;

/// <summary>The room's entry: the gateway's certificate and by it its name, found before anything is built that bears the name.</summary>
internal static class IdentityRoom
{
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="gateway">The gateway's options; a name that is not configured is set here.</param>
    /// <param name="certificateFile">The configured certificate; empty for none.</param>
    /// <param name="keyFile">Its key.</param>
    /// <param name="mayClaim">Whether a claim can get one.</param>
    /// <param name="serialNumber">The name until the cloud gives one.</param>
    public static void AddIdentity(
        this IHostApplicationBuilder builder, GatewayOptions gateway, string certificateFile, string keyFile, bool mayClaim,
        string? serialNumber)
    {
        IdentityFolder identities;
        var folder = Path.Combine(gateway.DataDirectory, "identity");
        try
        {
            foreach (var file in IdentityFolder.Secrets(folder))
            {
                var fault = SecretFile.Fault(file);
                Options.Check(fault is null, "The gateway's own key", file, fault ?? "");
            }

            identities = new IdentityFolder(folder, certificateFile, keyFile, mayClaim);
        }
        catch (CryptographicException e)
        {
            throw new ConfigurationException(
                $"The gateway's certificate ({certificateFile}, {keyFile}, or gateway.pem in {folder}) cannot be "
                    + $"read: {e.Message}", e);
        }

        var known = identities.Current ?? (identities.Candidates() is [var first, ..] ? first : null);
        Options.Check(
            known is not null || mayClaim, "Forwarding:CertificateFile", certificateFile,
            "a PEM file that exists, or Fleet:ClaimCertificateFile, by which to get one");
        gateway.MayBeRenamed = gateway.Name.Length == 0;
        if (gateway.MayBeRenamed)
            gateway.Name = known?.Thing ?? serialNumber ?? "";
        Options.Check(
            GatewayId.IsValid(gateway.Name), "Gateway:Name", gateway.Name,
            $"1 to {GatewayId.MaxLength} letters, digits, '-' or '_', or Fleet:Parameters:SerialNumber, by which the cloud names it");
        var thing = known?.Thing ?? gateway.Name;
        Options.Check(
            thing == gateway.Name, "Gateway:Name", gateway.Name, $"'{thing}', whose certificate lies in {gateway.DataDirectory}/identity");
        builder.Services.AddSingleton(identities);
    }
}
