using System.CommandLine;
using IotGateway.Analyst;

var root = new RootCommand("Fire danger, behaviour and spread to the published standard; colonies of bees, simulated and estimated.")
{
    FwiCommand.Create(),
    FbpCommand.Create(),
    SpreadCommand.Create(),
    VectorsCommand.Create(),
    ColonyCommand.Create(),
    ColoniesCommand.Create(),
};
return root.Parse(args).Invoke();
