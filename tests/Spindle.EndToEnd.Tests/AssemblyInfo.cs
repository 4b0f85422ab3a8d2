// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;

// The judges are programs of Unix.
[assembly: UnsupportedOSPlatform("windows")]

// Many run programs that use all processors. "./test" runs those with the lab, which mostly waits for its drives, beside the others; those that
// measure times or stop programs at moments (the trait with=clock) come after these, by themselves.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
