using IotGateway.Hosting.Configuration;
using IotGateway.Storage.Files;

namespace IotGateway.Cloud.Data;

/// <summary>The configuration section <c>Data</c>.</summary>
internal sealed class DataOptions
{
    /// <summary>Folder of all that the cloud keeps. The default value is <c>data</c>, below the current folder.</summary>
    public string Folder { get; set; } = "data";

    /// <summary>Reads the section.</summary>
    /// <exception cref="ConfigurationException">A value is wrong; the message names its key.</exception>
    public static DataOptions Read(IConfiguration configuration) => configuration.Read("Data", s => s.Get<DataOptions>(Options.Strict));
}

/// <summary>Paths of everything that the cloud keeps.</summary>
internal sealed class DataFolder
{
    public DataFolder(string path) => Path = System.IO.Path.GetFullPath(path);

    public string Path { get; }

    /// <summary>Keys, certificates and the enrolled gateways.</summary>
    public string Pki => System.IO.Path.Combine(Path, "pki");

    /// <summary>The lake's objects, raw and curated, when they lie in a folder.</summary>
    public string Lake => System.IO.Path.Combine(Path, "lake");

    /// <summary>Batches as received that do not lie in raw objects yet.</summary>
    public string RawLog => System.IO.Path.Combine(Path, "log");

    /// <summary>Ledger of the raw objects that must be there, a file a day of arrival.</summary>
    public string RawLedger => System.IO.Path.Combine(Path, "ledger");

    /// <summary>Parts of the lake that were found missing or damaged.</summary>
    public string LakeFaults => System.IO.Path.Combine(Path, "lake-faults.json");

    /// <summary>Place in the lake up to which it was read again, to find damage.</summary>
    public string LakeScrub => System.IO.Path.Combine(Path, "lake-scrub.json");

    /// <summary>Batches that cannot be read, with the reason in their names.</summary>
    public string Quarantine => System.IO.Path.Combine(Path, "quarantine");

    /// <summary>Settings desired of each gateway, and those it reports.</summary>
    public string Shadows => System.IO.Path.Combine(Path, "shadows");

    /// <summary>The hot store's file.</summary>
    public string HotStore => System.IO.Path.Combine(Path, "hot", "observations.db");

    /// <summary>States of the hives, hour by hour.</summary>
    public string Forecasts => System.IO.Path.Combine(Path, "forecasts.db");

    /// <summary>Visits that people wrote down; nobody else can make them again.</summary>
    public string Visits => System.IO.Path.Combine(Path, "visits.db");

    /// <summary>Folders that hold a file only once a gateway was enrolled and sent something.</summary>
    public string[] OfGateways => [Shadows, System.IO.Path.Combine(Lake, "raw")];

    /// <summary>
    /// Takes the folder for one process alone, until disposed. What others than its owner may read of it, they may not from then on.
    /// </summary>
    /// <exception cref="ConfigurationException">Another process has it, or it cannot be made.</exception>
    public IDisposable Lock()
    {
        try
        {
            DurableFile.CreateFolder(Path);
            var hold = new FileStream(
                System.IO.Path.Combine(Path, ".lock"), DurableFile.Private(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            PrivateModes.TightenFolder(Path);
            return hold;
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            throw new ConfigurationException(
                $"Data:Folder is '{Path}'; expected a folder that can be written and that no other cloud process uses ({e.Message}).", e);
        }
    }
}
