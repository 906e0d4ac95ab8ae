using System.CommandLine;
using IotGateway.Analyst.Colonies;
using IotGateway.Science.Hive.Colony.Filter;

namespace IotGateway.Analyst;

/// <summary>colonies: how right the colony filter is of simulated colonies, whose truth is known.</summary>
internal static class ColoniesCommand
{
    public static Command Create()
    {
        var seasons = new Option<int>("--seasons") { DefaultValueFactory = _ => 2000, Description = "Colony-seasons, at least 1." };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1, Description = "Key of the first season's draws." };
        var particles = new Option<int>("--particles")
        {
            DefaultValueFactory = _ => ColonyFilter.UsualParticles,
            Description = "Particles of a filter, 50 to 100000.",
        };
        var looks = new Option<int>("--looks")
        {
            DefaultValueFactory = _ => 1,
            Description = "Times that the colonies of these seeds were looked at, for the table.",
        };
        var command = new Command("colonies", "Record of the colony filter on simulated colonies: reliability, coverage, width.")
        {
            seasons, seed, particles, looks,
        };
        command.SetAction(p => Refusals.Catch(() =>
        {
            var first = (ulong)Math.Abs((long)p.GetValue(seed));
            var records = ColonyRecords.Run(Math.Max(1, p.GetValue(seasons)), first, p.GetValue(particles));
            ColonyRecords.Print(records, p.GetValue(looks), Console.Out);
        }));
        return command;
    }
}
