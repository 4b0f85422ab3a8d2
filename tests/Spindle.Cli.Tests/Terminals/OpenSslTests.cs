// SPDX-License-Identifier: MIT
using Spindle.Cli.Terminals;

namespace Spindle.Cli.Tests.Terminals;

public class OpenSslTests
{
    [Fact]
    public void What_is_missing_is_told_with_what_to_do()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux needs it");

        Assert.Null(OpenSsl.Complaint());
        Assert.Null(OpenSsl.Complaint(name => name == "libssl.so.1.1"));
        Assert.Contains("package libssl3", OpenSsl.Complaint(_ => false), StringComparison.Ordinal);
    }
}
