using IotGateway.Science;

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
        catch (InputException refusal)
        {
            Console.Error.WriteLine(refusal.Message);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException)
        {
            Console.Error.WriteLine(unreadable.Message);
        }

        return 1;
    }
}
