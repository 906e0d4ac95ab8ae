using Xunit;

namespace IotGateway.Science.Tests.Fire;

/// <summary>
/// Reference data that may not be in the repository (GPL-2): a folder "shared" beside it, or the one that the
/// environment variable SHARED_DIR names. Tests that need it are skipped where it is absent, and say so.
/// </summary>
internal static class SharedData
{
    public static string Fire()
    {
        var shared = Environment.GetEnvironmentVariable("SHARED_DIR") ?? Beside();
        var folder = shared is null ? null : Path.Combine(shared, "data", "fire");
        if (folder is null || !Directory.Exists(folder))
            Assert.Skip("the reference data are not here: set SHARED_DIR to the folder that has data/fire");
        return folder!;
    }

    private static string? Beside()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var shared = Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(shared))
                return shared;
        }

        return null;
    }
}
