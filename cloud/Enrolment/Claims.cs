using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IotGateway.Hosting.Configuration;
using IotGateway.Storage.Files;
using IotGateway.Telemetry.Fleet;

namespace IotGateway.Cloud.Enrolment;

/// <summary>
/// Claim certificates: many gateways share one to ask for a certificate of their own, and may do nothing else with it. Their common name
/// is <c>claim.TEMPLATE.NUMBER</c>; no gateway can be called so, for the dots.
/// </summary>
internal sealed class Claims(string folder)
{
    /// <summary>Beginning of a claim's common name and client id.</summary>
    public const string Prefix = "claim.";

    /// <summary>Gateways that one claim may enrol.</summary>
    public const int MostGateways = 200;

    /// <summary>The template that the holder of this common name may provision by; null when it is no claim's.</summary>
    public static string? Template(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && name.Split('.') is [_, var template, _] ? template : null;

    /// <summary>Issues a claim certificate and writes ca.pem, claim.pem and claim.key.</summary>
    /// <returns>The claim's name, to revoke it by.</returns>
    /// <exception cref="FormatException">The template's name is wrong, or a file stands in the way.</exception>
    public string Issue(CertificateAuthority authority, string template, string outFolder, TimeSpan life)
    {
        Options.Check(
            FleetTopics.IsTemplate(template), "--template", template, $"1 to {FleetTopics.MaxTemplateLength} letters, digits, '-' and '_'");
        using var turn = PkiFolder.Lock(folder);
        var name = $"{template}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        using var issued = authority.IssueClient(Prefix + name, life);
        OutFolder.Write(
            outFolder, ("ca.pem", Pem.Certificate(authority.Certificate)), ("claim.pem", Pem.Certificate(issued)),
            ("claim.key", Pem.Key(issued)));
        DurableFile.Write(Registered(name), Pem.Certificate(issued));
        return name;
    }

    /// <summary>Counts a gateway that a claim is about to enrol, durably: a claim that got about is worth so many names.</summary>
    /// <param name="name">The claim's common name.</param>
    /// <param name="gateway">The gateway's name; one that it enrolled before is not counted again.</param>
    /// <returns>False when the claim is used up.</returns>
    public bool Use(string name, string gateway)
    {
        using var turn = PkiFolder.Lock(folder);
        var file = Path.Combine(folder, "claims", $"{name[Prefix.Length..]}.used");
        var used = File.Exists(file) ? File.ReadAllLines(file) : [];
        if (used.Contains(gateway, StringComparer.Ordinal))
            return true;
        if (used.Length >= MostGateways)
            return false;
        DurableFile.Write(file, Encoding.ASCII.GetBytes(string.Concat(used.Append(gateway).Select(u => u + "\n"))));
        return true;
    }

    /// <summary>Withdraws a claim; what was provisioned by it stays.</summary>
    /// <exception cref="FormatException">There is no such claim.</exception>
    public void Revoke(string name)
    {
        using var turn = PkiFolder.Lock(folder);
        var known = Directory.EnumerateFiles(Path.Combine(folder, "claims"), "*.pem")
            .Select(Path.GetFileNameWithoutExtension)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (!known.Contains(name, StringComparer.Ordinal))
            throw new FormatException($"There is no claim '{name}'; expected one of {string.Join(", ", known)}.");
        File.Move(Registered(name), Revoked(name), overwrite: true);
        DurableFile.SyncFolder(Path.Combine(folder, "revoked"));
        DurableFile.SyncFolder(Path.Combine(folder, "claims"));
    }

    /// <summary>True for a claim that stands. Read anew each time: claims connect seldom.</summary>
    /// <exception cref="FormatException">The registered certificate cannot be read.</exception>
    public bool Stands(X509Certificate2 certificate) =>
        Pem.Thumbprint(Registered(ClientCheck.Name(certificate)[Prefix.Length..])) == certificate.Thumbprint;

    public bool IsRevoked(X509Certificate2 certificate) => File.Exists(Revoked(ClientCheck.Name(certificate)[Prefix.Length..]));

    private string Registered(string name) => Path.Combine(folder, "claims", $"{name}.pem");

    private string Revoked(string name) => Path.Combine(folder, "revoked", $"{Prefix}{name}.pem");
}
