// SPDX-License-Identifier: MIT
// Compiled into every test project by the mutator: tells the switch which test is running.
using System.Runtime.CompilerServices;

namespace Spindle.MutationTesting;

internal static class MutHook
{
    private static readonly ConditionalWeakTable<object, string> Names = [];

    [ModuleInitializer]
    internal static void Initialize() => AppDomain.CurrentDomain.SetData("mut.test", (Func<object?>)(() =>
        Xunit.TestContext.Current is { TestMethod: { } method, TestClass: { } type }
            ? Names.GetValue(method, _ => $"{type.TestClassName}.{method.MethodName}")
            : Xunit.TestContext.Current.TestClass is { } only ? Names.GetValue(only, _ => $"{only.TestClassName}.*") : null));
}
