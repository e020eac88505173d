using AemloBridge.Cli;

return ProcessHost.Run(args);
