// SPDX-License-Identifier: MIT
using Spindle.Service.Tests.Jobs;
using Spindle.Service.Tests.Running;
using Xunit.Runner.InProc.SystemConsole;

// The tests; or, for some of them, a program of its own that they start and kill.
return args switch
{
    [PlayedStation.Verb, .. string[] words] => await PlayedStation.RunAsync(words),
    [PlayedJob.Verb, .. string[] words] => await PlayedJob.RunAsync(words),
    [PlayedService.Verb, .. string[] words] => await PlayedService.RunAsync(words),
    _ => await ConsoleRunner.Run(args),
};
