namespace IotGateway.Analyst.Spread;

/// <summary>Says on the error stream how many members are done, every tenth part.</summary>
internal sealed class MemberProgress(int members, TextWriter error)
{
    public void Done(int count)
    {
        if (count == members || count % Math.Max(1, members / 10) == 0)
            error.WriteLine($"{count} of {members} members");
    }
}
