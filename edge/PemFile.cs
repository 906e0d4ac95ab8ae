using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IotGateway.Edge;

/// <summary>PEM files as the configuration names them.</summary>
internal static class PemFile
{
    /// <summary>Whether a file exists and holds at least one certificate.</summary>
    public static bool HasCertificate(string path)
    {
        if (!File.Exists(path))
            return false;
        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPemFile(path);
            foreach (var certificate in found)
                certificate.Dispose();
            return found.Count > 0;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
