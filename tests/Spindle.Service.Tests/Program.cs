// SPDX-License-Identifier: MIT
using Spindle.Service.Tests.Jobs;
using Xunit.Runner.InProc.SystemConsole;

// The tests; or, for some of them, a program of its own that they start and kill.
return args is [PlayedStation.Verb, .. string[] words] ? await PlayedStation.RunAsync(words) : await ConsoleRunner.Run(args);
