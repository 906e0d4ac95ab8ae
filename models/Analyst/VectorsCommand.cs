using System.CommandLine;
using IotGateway.Analyst.Vectors;

namespace IotGateway.Analyst;

/// <summary>vectors FOLDER: how the science agrees with reference files.</summary>
internal static class VectorsCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "Folder with fwi/, fbp/ and equations/." };
        var command = new Command("vectors", "Compare with reference files: rows compared, out of range, worst relative error.") { folder };
        command.SetAction(parsed =>
        {
            var directory = parsed.GetRequiredValue(folder);
            if (!directory.Exists)
            {
                Console.Error.WriteLine($"There is no folder {directory.FullName}.");
                return 2;
            }

            return VectorsReport.Print(directory.FullName, Console.Out) ? 0 : 1;
        });
        return command;
    }
}
