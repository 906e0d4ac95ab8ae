using System.CommandLine;
using IotGateway.Analyst;

var root = new RootCommand("Fire danger, behaviour and spread, computed to the published standard.")
{
    FwiCommand.Create(),
    FbpCommand.Create(),
    SpreadCommand.Create(),
    VectorsCommand.Create(),
};
return root.Parse(args).Invoke();
