// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;

namespace Spindle.Service.Api;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(StatusPart))]
[JsonSerializable(typeof(OrderPart))]
[JsonSerializable(typeof(StopPart))]
[JsonSerializable(typeof(ByPart))]
[JsonSerializable(typeof(PriorityPart))]
[JsonSerializable(typeof(NamePart))]
[JsonSerializable(typeof(TitlePart))]
[JsonSerializable(typeof(PausePart))]
[JsonSerializable(typeof(ArmPart))]
[JsonSerializable(typeof(BatchChangePart))]
[JsonSerializable(typeof(BatchPart))]
[JsonSerializable(typeof(BatchesPart))]
[JsonSerializable(typeof(AnswerPart))]
[JsonSerializable(typeof(FilesPart))]
[JsonSerializable(typeof(LateReportsPart))]
[JsonSerializable(typeof(DecisionPart))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    public static ApiJson Form { get; } = new(JsonForm.Options());
}
