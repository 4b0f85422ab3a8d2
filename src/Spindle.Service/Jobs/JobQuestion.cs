// SPDX-License-Identifier: MIT
namespace Spindle.Service.Jobs;

/// <summary>Something that a running job needs of a person, such as another disc.</summary>
/// <param name="Id">Drawn by who asks.</param>
/// <param name="Job">The job.</param>
/// <param name="Code">Stable name for programs that answer, such as <c>disc-wanted</c>.</param>
/// <param name="Text">In plain English.</param>
/// <param name="Answer">The first answer; null before that.</param>
/// <param name="AnsweredBy">Whose it was.</param>
public sealed record JobQuestion(Guid Id, Guid Job, string Code, string Text, string? Answer = null, string? AnsweredBy = null);
