using System.CommandLine;
using IotGateway.Learning;

var root = new RootCommand("Models learnt from the bee data: their artifacts, how right they were, and their cards.")
{
    LearningCommands.Train(),
    LearningCommands.Evaluate(),
    LearningCommands.Card(),
};
return root.Parse(args).Invoke();
