using IotGateway.Science;
using IotGateway.Tables;

namespace IotGateway.Analyst;

/// <summary>The boundary of a command: what the science refuses, or a file that cannot be read, becomes a line and exit code 1.</summary>
internal static class Refusals
{
    public static int Catch(Action run)
    {
        try
        {
            run();
            return 0;
        }
        catch (Exception refusal) when (refusal is InputException or TableException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(refusal.Message);
            return 1;
        }
    }
}
