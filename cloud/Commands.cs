using System.Globalization;
using IotGateway.Cloud.Data;
using IotGateway.Cloud.Data.Aws;
using IotGateway.Cloud.Enrolment;
using IotGateway.Cloud.Ingest.Commit;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Observations.Dynamo;
using IotGateway.Hosting;
using IotGateway.Hosting.Configuration;
using IotGateway.Storage.Disks;

namespace IotGateway.Cloud;

/// <summary>
/// Commands of the program, besides serving: <c>enroll</c>, <c>revoke</c>, <c>reset</c>, <c>claim</c>, <c>revoke-claim</c>, <c>rebuild</c>,
/// <c>erase</c>, <c>retain</c>, <c>tables</c>.
/// </summary>
internal static class Commands
{
    public const string Usage = """
        Usage:
          cloud [--config FILE] [--data DIR] [--urls URL] [--Section:Key VALUE …]   serve
          cloud enroll GATEWAY --data DIR --out DIR [--days N]                       issue a gateway's certificate
          cloud revoke GATEWAY --data DIR                                            refuse a gateway from now on
          cloud claim --data DIR --out DIR [--template NAME] [--days N]              issue a certificate by which gateways get their own
          cloud revoke-claim CLAIM --data DIR                                        refuse a claim from now on
          cloud reset GATEWAY --data DIR                                             let a claim take an enrolled or revoked name, once
          cloud tables --create [--config FILE] [--Observations:TablePrefix P]       make the DynamoDB tables, for tests and development
          cloud rebuild --data DIR                                                   rebuild the hot store from the raw lake
          cloud erase --device ID[,ID …] [--verify] --data DIR | --config FILE       delete devices' data everywhere, or only search
          cloud retain [--raw-days N] [--curated-days N] [--quarantine-days N] [--hot-days N] [--apply] --data DIR | --config FILE
                                                                                     list what is older, or let it go
        The cloud must be stopped for erase and retain. Run by root, a command does its work as the user to whom DIR belongs.
        """;

    private const string DefaultTemplate = "iotgateway";

    /// <returns>The exit code; null when the arguments name no command and the cloud is to serve.</returns>
    public static async Task<int?> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["enroll", var gateway, .. var rest]:
                Enrol(gateway, rest);
                return ExitCode.Done;
            case ["revoke", var gateway, .. var rest]:
                new EnrolledGateways(StandingPki(rest)).Revoke(gateway);
                Console.WriteLine($"Gateway {gateway} is revoked.");
                return ExitCode.Done;
            case ["reset", var gateway, .. var rest]:
                new EnrolledGateways(StandingPki(rest)).Reset(gateway);
                Console.WriteLine($"Gateway {gateway} may be provisioned by a claim once more.");
                return ExitCode.Done;
            case ["claim", .. var rest]:
                Claim(rest);
                return ExitCode.Done;
            case ["revoke-claim", var claim, .. var rest]:
                new Claims(StandingPki(rest)).Revoke(claim);
                Console.WriteLine($"Claim {claim} is revoked.");
                return ExitCode.Done;
            case ["rebuild", .. var rest]:
                return await Rebuild.RunAsync(Standing(rest));
            case ["erase", .. var rest]:
                return await StoreCommands.EraseAsync(rest);
            case ["retain", .. var rest]:
                return await StoreCommands.RetainAsync(rest);
            case ["tables", "--create", .. var rest]:
                return await CreateTablesAsync(rest);
            case ["--help" or "-h" or "help"]:
                Console.WriteLine(Usage);
                return ExitCode.Done;
            case [var first, ..] when !first.StartsWith('-'):
                throw new UsageException(
                    $"The command is '{first}'; expected enroll, revoke, reset, claim, revoke-claim, rebuild, erase, retain, tables or "
                        + $"none.\n{Usage}");
            default:
                return null;
        }
    }

    private static void Enrol(string gateway, string[] rest)
    {
        var life = Days(rest, "825");
        var (pki, outFolder) = (Pki(rest), Path.GetFullPath(Required(rest, "--out")));
        var authority = CertificateAuthority.Open(pki, TimeProvider.System);
        new EnrolledGateways(pki).Enrol(authority, gateway, outFolder, life);
        Console.WriteLine($"Gateway {gateway} is enrolled; ca.pem, gateway.pem and gateway.key are in {outFolder}.");
    }

    private static async Task<int> CreateTablesAsync(string[] rest)
    {
        var configuration = Composition.CreateBuilder(rest).Configuration;
        var options = ObservationsOptions.Read(configuration);
        using var database = new DynamoDatabase(
            options.TablePrefix, AwsOptions.Read(configuration), options.ServiceUrl, TimeProvider.System);
        var made = await database.CreateTablesAsync(CancellationToken.None);
        Console.WriteLine(made.Count == 0 ? "The tables are there already." : $"Made {string.Join(" and ", made)}.");
        return ExitCode.Done;
    }

    private static void Claim(string[] rest)
    {
        var life = Days(rest, "365");
        var (pki, outFolder) = (Pki(rest), Path.GetFullPath(Required(rest, "--out")));
        var authority = CertificateAuthority.Open(pki, TimeProvider.System);
        var claim = new Claims(pki).Issue(authority, Find(rest, "--template") ?? DefaultTemplate, outFolder, life);
        Console.WriteLine($"Claim {claim} is issued; ca.pem, claim.pem and claim.key are in {outFolder}.");
    }

    private static TimeSpan Days(string[] args, string byDefault)
    {
        var days = Find(args, "--days") ?? byDefault;
        Options.Check(
            int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var life) && life is >= 1 and <= 7300, "--days", days,
            "1 to 7300");
        return TimeSpan.FromDays(life);
    }

    private static string Pki(string[] args)
    {
        var data = new DataFolder(Required(args, "--data"));
        FolderOwner.StepDown(data.Path);
        PkiFolder.Create(data.Pki, data.OfGateways);
        return data.Pki;
    }

    private static string StandingPki(string[] args)
    {
        Standing(args);
        return Pki(args);
    }

    /// <summary>A data folder that a cloud or <c>enroll</c> has made: a misspelt one must not be made anew and found empty.</summary>
    private static DataFolder Standing(string[] args) => Standing(Find(args, "--data"));

    /// <inheritdoc cref="Standing(string[])"/>
    public static DataFolder Standing(string? folder)
    {
        var data = new DataFolder(folder ?? throw new UsageException($"--data is missing; expected a folder.\n{Usage}"));
        Options.Check(
            Directory.Exists(data.Pki) || Directory.Exists(data.Lake), "--data", data.Path, "a folder that a cloud keeps its data in");
        FolderOwner.StepDown(data.Path);
        return data;
    }

    private static string Required(string[] args, string name) =>
        Find(args, name) ?? throw new UsageException($"{name} is missing; expected a folder.\n{Usage}");

    /// <summary>Value after a name among the arguments; null without.</summary>
    public static string? Find(string[] args, string name) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
