using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using IotGateway.FirmwareSim.NetworkServers;
using IotGateway.FirmwareSim.Options;
using IotGateway.FirmwareSim.Script;

namespace IotGateway.FirmwareSim;

/// <summary>The command line: its options, their defaults, and the exit code 2 for those that are wrong.</summary>
internal static class SimCommand
{
    public const int BadOptions = 2;

    private const string UtcTime = "a UTC time such as 2021-07-01 or 2021-07-01T06:00:00Z";
    private const string Share = "a number from 0 to 1";

    private static readonly Option<string?> Recordings = new("--recordings")
    {
        HelpName = "DIR",
        Description = "folder with the recordings [default: the one beside the executable]",
    };

    private static readonly Option<double> Speed = CheckedOption.Create(
        "--speed", "N", "times real time; 0 = as fast as the subscribers take it", 1.0, "a number of at least 0",
        (string t, out double v) => OptionText.Number(t, 0, 1e9, out v));

    private static readonly Option<NetworkServerKind> NetworkServer = CheckedOption.Create(
        "--network-server", "NAME", "dialect of the simulated network server", NetworkServerKinds.All[0], NetworkServerKinds.Names,
        (string t, out NetworkServerKind v) => NetworkServerKinds.TryFind(t, out v));

    private static readonly Option<int> MqttPort = CheckedOption.Create(
        "--mqtt-port", "P", "TCP port of the broker", 1883, "a port from 1 to 65535",
        (string t, out int v) => OptionText.Whole(t, 1, 65_535, out v));

    private static readonly Option<IPAddress> Listen = CheckedOption.Create(
        "--listen", "ADDRESS", "address the broker listens on", IPAddress.Loopback, "an IP address such as 127.0.0.1 or 0.0.0.0",
        (string t, out IPAddress v) => IPAddress.TryParse(t, out v!));

    private static readonly Option<DateTimeOffset?> From = CheckedOption.Create<DateTimeOffset?>(
        "--from", "UTC", "first time to replay [default: the recording's first]", null, UtcTime, OptionText.Utc);

    private static readonly Option<DateTimeOffset?> Until = CheckedOption.Create<DateTimeOffset?>(
        "--until", "UTC", "time to stop before [default: the recording's end]", null, UtcTime, OptionText.Utc);

    private static readonly Option<IReadOnlyList<int>?> Hives = CheckedOption.Create<IReadOnlyList<int>?>(
        "--hives", "TAGS", "recorded hives to replay [default: all]", null, "tag numbers with commas between, such as 3627,3629",
        OptionText.Tags);

    private static readonly Option<int> Seed = CheckedOption.Create(
        "--seed", "N", "what all that is drawn depends on", 1, "a whole number",
        (string t, out int v) => OptionText.Whole(t, int.MinValue, int.MaxValue, out v));

    private static readonly Option<double> LostShare = ShareOption("--lost-share", "share of the frames that no gateway hears", 0.005);
    private static readonly Option<double> DuplicateShare = ShareOption(
        "--duplicate-share", "share of the frames that two gateways hear", 0.02);
    private static readonly Option<double> BadShare = ShareOption("--bad-share", "bad messages per frame, besides the good ones", 0);

    private static readonly Option<int> Synthetic = CheckedOption.Create(
        "--synthetic", "N", "drawn hives beside the recorded ones", 0, "a whole number from 0 to 99999",
        (string t, out int v) => OptionText.Whole(t, 0, 99_999, out v));

    private static readonly Option<int> Colonies = CheckedOption.Create(
        "--colonies", "N", "simulated colonies with known truth beside the recorded hives", 0, "a whole number from 0 to 99999",
        (string t, out int v) => OptionText.Whole(t, 0, 99_999, out v));

    private static readonly Option<string?> TruthFile = new("--truth")
    {
        HelpName = "FILE",
        Description = "writes the simulated colonies' truth, a JSON line a colony and day",
    };

    private static readonly Option<string?> LedgerFile = new("--ledger")
    {
        HelpName = "FILE",
        Description = "writes what was sent, as JSON lines",
    };

    /// <summary>Reads the arguments and runs the simulator, or says what is wrong with them.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, TimeProvider time)
    {
        var command = new RootCommand("Replays recorded hives as LoRaWAN nodes behind a simulated network server (its MQTT side).")
        {
            Recordings, NetworkServer, Speed, MqttPort, Listen, From, Until, Hives, Seed, LostShare, DuplicateShare, BadShare, Synthetic,
            Colonies, TruthFile, LedgerFile,
        };
        command.SetAction((parsed, cancellation) => new Simulator(Read(parsed), output, error, time).RunAsync(cancellation));

        var parsed = CommandLineParser.Parse(command, args);
        if (parsed.Errors.Count == 0)
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeSpan.FromSeconds(2),
            });
        }

        foreach (var problem in parsed.Errors)
            await error.WriteLineAsync(problem.Message);
        return BadOptions;
    }

    private static SimOptions Read(ParseResult parsed) => new(
        parsed.GetValue(Recordings) ?? Path.Combine(AppContext.BaseDirectory, "recordings"),
        parsed.GetValue(Speed),
        parsed.GetValue(Listen)!,
        parsed.GetValue(MqttPort),
        parsed.GetValue(From),
        parsed.GetValue(Until),
        parsed.GetValue(Hives),
        parsed.GetValue(Synthetic),
        parsed.GetValue(LedgerFile),
        parsed.GetValue(NetworkServer)!,
        new FieldSettings(parsed.GetValue(Seed), parsed.GetValue(LostShare), parsed.GetValue(DuplicateShare), parsed.GetValue(BadShare)))
    {
        Colonies = parsed.GetValue(Colonies),
        TruthFile = parsed.GetValue(TruthFile),
    };

    private static Option<double> ShareOption(string name, string description, double defaultValue) => CheckedOption.Create(
        name, "SHARE", description, defaultValue, Share, (string t, out double v) => OptionText.Number(t, 0, 1, out v));
}
