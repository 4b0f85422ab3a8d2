// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Protecting;

namespace Spindle.Parity.Tests;

/// <summary>The use cases, cancelled with the test that runs them.</summary>
internal static class Run
{
    public static ProtectResult Protect(ProtectRequest request) => Protector.Protect(request, null, TestContext.Current.CancellationToken);

    public static CheckResult Check(CheckRequest request, IProgress<WorkProgress>? progress = null) =>
        Checker.Check(request, progress, TestContext.Current.CancellationToken);

    public static RepairResult Repair(RepairRequest request) => Repairer.Repair(request, null, TestContext.Current.CancellationToken);
}
