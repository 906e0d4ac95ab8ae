using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using IotGateway.Hosting.Configuration;
using IotGateway.Storage.Files;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Enrolment;

/// <summary>
/// Registry of the gateways that may connect: one certificate a name under <c>gateways/</c>, those withdrawn under <c>revoked/</c>, renewed
/// ones that have not connected yet under <c>pending/</c>, names that a claim may take once more under <c>allowed/</c>.
/// </summary>
internal sealed class EnrolledGateways(string folder)
{
    private readonly ConcurrentDictionary<string, (DateTime Written, string Thumbprint)> _known = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Gateways() =>
        [
            .. Directory.EnumerateFiles(Path.Combine(folder, "gateways"), "*.pem")
                .Select(f => Path.GetFileNameWithoutExtension(f)!)
                .Where(GatewayId.IsValid)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Issues a certificate and writes ca.pem, gateway.pem and gateway.key for the gateway.</summary>
    /// <exception cref="FormatException">The name is wrong, the gateway is enrolled, or a file stands in the way.</exception>
    public void Enrol(CertificateAuthority authority, string gateway, string outFolder, TimeSpan life)
    {
        Options.Check(
            GatewayId.IsValid(gateway), "The gateway's name", gateway, $"1 to {GatewayId.MaxLength} letters, digits, '-' and '_'");
        using var turn = PkiFolder.Lock(folder);
        if (File.Exists(Registered(gateway)))
            throw new FormatException($"Gateway '{gateway}' is enrolled; expected a new name, or revoke it first.");

        using var issued = authority.IssueClient(gateway, life);
        OutFolder.Write(
            outFolder, ("ca.pem", Pem.Certificate(authority.Certificate)), ("gateway.pem", Pem.Certificate(issued)),
            ("gateway.key", Pem.Key(issued)));

        // A renewal of whoever had the name before is not the new gateway's.
        File.Delete(Pending(gateway));
        DurableFile.Write(Registered(gateway), Pem.Certificate(issued));
    }

    /// <summary>Withdraws a gateway's certificate.</summary>
    /// <exception cref="FormatException">No such gateway is enrolled.</exception>
    public void Revoke(string gateway)
    {
        using var turn = PkiFolder.Lock(folder);
        if (!GatewayId.IsValid(gateway) || !File.Exists(Registered(gateway)))
            throw new FormatException($"Gateway '{gateway}' is not enrolled; expected one of {string.Join(", ", Gateways())}.");

        File.Delete(Pending(gateway));
        File.Delete(Allowed(gateway));
        File.Move(Registered(gateway), Revoked(gateway, SerialNumber(Registered(gateway))), overwrite: true);
        DurableFile.SyncFolder(Path.Combine(folder, "revoked"));
        DurableFile.SyncFolder(Path.Combine(folder, "gateways"));
    }

    /// <summary>
    /// Makes a certificate the gateway's own, for whoever holds a claim: many share it, so it may have a name that is free, never one that
    /// is or was a gateway's, however old that one's certificate.
    /// </summary>
    /// <returns>Why not; null when it was done.</returns>
    public string? Claim(string gateway, X509Certificate2 certificate)
    {
        using var turn = PkiFolder.Lock(folder);
        if (Taken(gateway) is { } taken)
            return taken;

        DurableFile.Write(Registered(gateway), Pem.Certificate(certificate));
        _known.TryRemove(gateway, out _);
        File.Delete(Pending(gateway));
        File.Delete(Allowed(gateway));
        return null;
    }

    /// <summary>The reason for which a claim may not have a name; null when it may.</summary>
    public string? Taken(string gateway) =>
        File.Exists(Allowed(gateway)) ? null
        : File.Exists(Registered(gateway))
            ? $"'{gateway}' is enrolled; an operator can allow a claim to take it, once, with: cloud reset {gateway}"
        : WasRevoked(gateway) ? $"'{gateway}' was revoked; an operator can allow it again with: cloud reset {gateway}" : null;

    /// <summary>Lets a renewed certificate connect beside the current one, until it does.</summary>
    /// <param name="gateway">The gateway's name.</param>
    /// <param name="certificate">The renewed certificate.</param>
    /// <param name="shown">The one by which it was asked for.</param>
    /// <returns>False when that one is no longer the gateway's: it may have been revoked while this waited for its turn.</returns>
    public bool Renew(string gateway, X509Certificate2 certificate, X509Certificate2 shown)
    {
        using var turn = PkiFolder.Lock(folder);
        if (!IsCurrent(gateway, shown))
            return false;
        DurableFile.Write(Pending(gateway), Pem.Certificate(certificate));
        return true;
    }

    /// <summary>A certificate under <c>pending/</c> becomes the gateway's own; another is left as it is.</summary>
    public void Promote(string gateway, X509Certificate2 certificate)
    {
        // Who has his own needs no other, in whatever state that is.
        if (IsCurrent(gateway, certificate) || !IsPending(gateway, certificate))
            return;
        using var turn = PkiFolder.Lock(folder);

        // Revoked in the meantime: then there is nothing to replace.
        if (!File.Exists(Registered(gateway)))
            return;
        DurableFile.Publish(Pending(gateway), Registered(gateway));
        _known.TryRemove(gateway, out _);
    }

    /// <summary>Allows a claim to take an enrolled or revoked name, once.</summary>
    /// <exception cref="FormatException">No such gateway is or was enrolled.</exception>
    public void Reset(string gateway)
    {
        using var turn = PkiFolder.Lock(folder);
        if (!GatewayId.IsValid(gateway) || !(File.Exists(Registered(gateway)) || WasRevoked(gateway)))
            throw new FormatException($"Gateway '{gateway}' is not enrolled; expected one of {string.Join(", ", Gateways())}.");
        DurableFile.Write(Allowed(gateway), []);
    }

    public bool IsEnrolled(string gateway) => GatewayId.IsValid(gateway) && File.Exists(Registered(gateway));

    /// <exception cref="FormatException">The renewed certificate cannot be read.</exception>
    public bool IsPending(string gateway, X509Certificate2 certificate) =>
        Pem.Thumbprint(Pending(gateway)) == certificate.Thumbprint;

    /// <summary>True for the certificate that the gateway is enrolled with now.</summary>
    /// <exception cref="FormatException">It cannot be read.</exception>
    public bool IsCurrent(string gateway, X509Certificate2 certificate)
    {
        var file = Registered(gateway);
        var written = File.GetLastWriteTimeUtc(file);
        if (_known.TryGetValue(gateway, out var known) && known.Written == written)
            return known.Thumbprint == certificate.Thumbprint;
        if (Pem.Thumbprint(file) is not { } registered)
            return false;

        _known[gateway] = (written, registered);
        return registered == certificate.Thumbprint;
    }

    public bool IsRevoked(string gateway, X509Certificate2 certificate) =>
        File.Exists(Revoked(gateway, certificate.SerialNumber));

    /// <summary>Faults of the files of enrolled gateways: each names one that is damaged.</summary>
    public IEnumerable<string> Damaged() => Faults(Registered);

    /// <summary>Faults of renewed certificates that have not connected yet: each names one that is damaged.</summary>
    public IEnumerable<string> DamagedPending() => Faults(Pending);

    private IEnumerable<string> Faults(Func<string, string> file)
    {
        foreach (var gateway in Gateways())
        {
            string? fault = null;
            try
            {
                _ = Pem.Thumbprint(file(gateway));
            }
            catch (Exception e) when (e is FormatException || e.IsFromDisk())
            {
                fault = e.Message;
            }

            if (fault is not null)
                yield return fault;
        }
    }

    /// <summary>Serial number of a registered certificate; zero for one that cannot be read, which nobody can show either.</summary>
    private static string SerialNumber(string file)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(file);
            return certificate.SerialNumber;
        }
        catch (Exception e) when (PemFile.IsDamage(e) || e is FileNotFoundException)
        {
            return "00";
        }
    }

    /// <summary>True where a gateway's certificate was withdrawn and none stands in its place.</summary>
    public bool IsWithdrawn(string gateway) =>
        GatewayId.IsValid(gateway) && !File.Exists(Registered(gateway)) && Directory.Exists(Path.Combine(folder, "revoked"))
        && WasRevoked(gateway);

    /// <summary>Files are named by gateway, a dash and the serial number in hex; a gateway's name may hold dashes itself.</summary>
    private bool WasRevoked(string gateway) =>
        Directory.EnumerateFiles(Path.Combine(folder, "revoked"), $"{gateway}-*.pem")
            .Any(f => Path.GetFileNameWithoutExtension(f)[(gateway.Length + 1)..].All(char.IsAsciiHexDigit));

    private string Pending(string gateway) => Path.Combine(folder, "pending", $"{gateway}.pem");

    private string Allowed(string gateway) => Path.Combine(folder, "allowed", gateway);

    private string Registered(string gateway) => Path.Combine(folder, "gateways", $"{gateway}.pem");

    private string Revoked(string gateway, string serialNumber) => Path.Combine(folder, "revoked", $"{gateway}-{serialNumber}.pem");
}
