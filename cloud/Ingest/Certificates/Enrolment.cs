using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using IotGateway.Cloud.Data;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Ingest.Certificates;

/// <summary>Which gateways may connect: one certificate a name under <c>gateways/</c>, those withdrawn under <c>revoked/</c>.</summary>
internal sealed class Enrolment(string folder)
{
    private readonly ConcurrentDictionary<string, (DateTime Written, string Thumbprint)> _known = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Gateways() =>
        [.. Directory.EnumerateFiles(Path.Combine(folder, "gateways"), "*.pem").Select(f => Path.GetFileNameWithoutExtension(f)!).Where(GatewayId.IsValid).Order(StringComparer.Ordinal)];

    /// <summary>Issues a certificate and writes ca.pem, gateway.pem and gateway.key for the gateway.</summary>
    /// <exception cref="FormatException">The name is wrong, the gateway is enrolled, or a file stands in the way.</exception>
    public void Enrol(CertificateAuthority authority, string gateway, string outFolder, TimeSpan life)
    {
        Options.Check(GatewayId.IsValid(gateway), "The gateway's name", gateway, $"1 to {GatewayId.MaxLength} letters, digits, '-' and '_'");
        using var turn = PkiFolder.Lock(folder);
        if (File.Exists(Registered(gateway)))
            throw new FormatException($"Gateway '{gateway}' is enrolled; expected a new name, or revoke it first.");

        Directory.CreateDirectory(outFolder);
        string[] files = ["ca.pem", "gateway.pem", "gateway.key"];
        if (Array.Find(files, f => File.Exists(Path.Combine(outFolder, f))) is { } standing)
            throw new FormatException($"--out is '{outFolder}', where {standing} exists; expected a folder without it.");

        using var issued = authority.IssueClient(gateway, life);
        DurableFile.Write(Path.Combine(outFolder, "ca.pem"), Pem.Certificate(authority.Certificate));
        DurableFile.Write(Path.Combine(outFolder, "gateway.pem"), Pem.Certificate(issued));
        DurableFile.Write(Path.Combine(outFolder, "gateway.key"), Pem.Key(issued));
        DurableFile.Write(Registered(gateway), Pem.Certificate(issued));
    }

    /// <summary>Withdraws a gateway's certificate.</summary>
    /// <exception cref="FormatException">No such gateway is enrolled.</exception>
    public void Revoke(string gateway)
    {
        using var turn = PkiFolder.Lock(folder);
        if (!GatewayId.IsValid(gateway) || !File.Exists(Registered(gateway)))
            throw new FormatException($"Gateway '{gateway}' is not enrolled; expected one of {string.Join(", ", Gateways())}.");

        using var certificate = X509CertificateLoader.LoadCertificateFromFile(Registered(gateway));
        File.Move(Registered(gateway), Revoked(gateway, certificate), overwrite: true);
        DurableFile.SyncFolder(Path.Combine(folder, "revoked"));
        DurableFile.SyncFolder(Path.Combine(folder, "gateways"));
    }

    /// <summary>Whether this is the certificate the gateway is enrolled with now.</summary>
    public bool IsCurrent(string gateway, X509Certificate2 certificate)
    {
        var file = Registered(gateway);
        var written = File.GetLastWriteTimeUtc(file);
        if (_known.TryGetValue(gateway, out var known) && known.Written == written)
            return known.Thumbprint == certificate.Thumbprint;
        if (!File.Exists(file))
            return false;

        using var registered = X509CertificateLoader.LoadCertificateFromFile(file);
        _known[gateway] = (written, registered.Thumbprint);
        return registered.Thumbprint == certificate.Thumbprint;
    }

    public bool IsRevoked(string gateway, X509Certificate2 certificate) => File.Exists(Revoked(gateway, certificate));

    private string Registered(string gateway) => Path.Combine(folder, "gateways", $"{gateway}.pem");

    private string Revoked(string gateway, X509Certificate2 certificate) =>
        Path.Combine(folder, "revoked", $"{gateway}-{certificate.SerialNumber}.pem");
}
