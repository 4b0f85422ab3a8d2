// SPDX-License-Identifier: MIT
using Spindle.Service.Jobs;
using Spindle.Testing;

namespace Spindle.Service.Tests.Jobs;

/// <summary>The embedded register keeps the contract.</summary>
public sealed class SqliteRegisterTests : RegisterContract, IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override IRegister Open(TimeSpan lease) => JobsFile.Open(JobsFile.In(_directory.Path), lease, JobsFile.Patience);
}
