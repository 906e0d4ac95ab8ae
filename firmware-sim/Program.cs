using IotGateway.FirmwareSim;

return await SimCommand.RunAsync(args, Console.Out, Console.Error, TimeProvider.System);
