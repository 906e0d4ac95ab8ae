using IotGateway.FirmwareSim.Options;

return await SimCommand.RunAsync(args, Console.Out, Console.Error, TimeProvider.System);
