using System.Threading.Channels;
using IotGateway.Edge.Problems;
using IotGateway.Edge.Sources.Contract;
using IotGateway.Hosting.Configuration;

namespace IotGateway.Edge.Sources;

/// <summary>The room's entry: the sources that the configuration lists, and the channel from them to the pipeline.</summary>
internal static class SourcesRoom
{
    /// <summary>Messages that may wait between the sources and the disk; then the sources wait.</summary>
    private const int Waiting = 4096;

    public static void AddSources(this IHostApplicationBuilder builder)
    {
        var channel = Channel.CreateBounded<Observed>(new BoundedChannelOptions(Waiting) { SingleReader = true });
        builder.Services.AddSingleton(channel.Reader);
        builder.Services.AddSingleton(channel.Writer);
        builder.Services.AddSingleton<SourceStates>();
        builder.Services.AddSingleton<IProblems, SourceProblems>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in builder.Configuration.GetSection("Sources").GetChildren())
        {
            var name = KindOf(section).Add(builder, section);
            Options.Check(names.Add(name), $"{section.Path}:Name", name, "a name that no earlier source has");
        }
    }

    private static SourceKind KindOf(IConfigurationSection section)
    {
        var name = section["Kind"] ?? KnownSources.Default.Name;
        var kind = KnownSources.Find(name);
        Options.Check(kind is not null, $"{section.Path}:Kind", name, $"one of {string.Join(", ", KnownSources.All.Select(k => k.Name))}");
        return kind!;
    }
}
