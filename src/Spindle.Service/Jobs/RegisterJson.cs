// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;

namespace Spindle.Service.Jobs;

/// <summary>Lists as they stand in the tables, and as SQLite takes them.</summary>
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Guid[]))]
internal sealed partial class RegisterJson : JsonSerializerContext;
