"""The compiled clock for a browser: the code that Numba made, laid out for wasm32 and linked with nothing but itself.

The code names no type of one processor: pointers are opaque, records are read at byte offsets, whole numbers have 64 bits.
What changes: the two lines of layout and triple; arrays are neither counted nor freed; the one array that a call makes is
always the same; the root of the C library is an instruction of WebAssembly. exp and log are the model's own, so the bits
are those of the other clocks. What Python would call is dropped.
"""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import llvmlite.binding as llvm

from sim.engine.kernel import LOG, ROW
from sim.making.numba_code import Code, unprocessed
from sim.model.outcome_columns import WIDTH
from sim.model.parameter import record_type
from sim.model.setting.crisis import Crisis

LAYOUT = "e-m:e-p:32:32-p10:8:8-p20:8:8-i64:64-i128:128-n32:64-S128-ni:1:10:20"
TRIPLE = "wasm32-unknown-unknown"
FEATURES = "+bulk-memory,+nontrapping-fptoint,+sign-ext,+mutable-globals,+multivalue"  # every browser since 2021
LINKERS = ("wasm-ld", *(f"wasm-ld-{version}" for version in range(40, 13, -1)))  # of lld 14, 16 and 19: the same bytes
STACK, MEMORY = 65_536, 1 << 20  # bytes
ARRAY1 = "ptr, ptr, i64, i64, ptr, i64, i64"  # how Numba passes an array: owner, parent, length, item, data, shape, strides
ARRAY2 = "ptr, ptr, i64, i64, ptr, i64, i64, i64, i64"

ENTRY = """
target datalayout = "{layout}"
target triple = "{triple}"
@row = internal global [{width} x double] zeroinitializer, align 64
@owner = internal global [64 x i8] zeroinitializer, align 16
@raised = internal global ptr null
@answer = internal global i64 0

; The row that counts, the one array a call makes. Its address stands where code for 64 bits looks for it, and for 32.
define ptr @NRT_MemInfo_alloc_aligned(i64 %size, i32 %align) {{
  store ptr @row, ptr getelementptr (i8, ptr @owner, i32 16)
  store ptr @row, ptr getelementptr (i8, ptr @owner, i32 24)
  ret ptr @owner
}}
define void @NRT_incref(ptr %owner) alwaysinline {{ ret void }}
define void @NRT_decref(ptr %owner) alwaysinline {{ ret void }}

declare i32 @{name}(ptr, ptr, {array1}, i64, i64, i64, {array2}, {array2})

define internal i64 @joined(i32 %low, i32 %high) alwaysinline {{
  %l = zext i32 %low to i64
  %h = zext i32 %high to i64
  %up = shl i64 %h, 32
  %both = or i64 %l, %up
  ret i64 %both
}}

; Play n runs from a first one on into out [n, {columns}], and their acts into log [room, {logged}], where room is not 0.
; Returns the acts that were made, -1 where the log was too short, -2 where the model failed.
define i32 @play(ptr %crisis, i32 %seed0, i32 %seed1, i32 %first0, i32 %first1, i32 %n, ptr %out, ptr %log, i32 %room) {{
  %seed = call i64 @joined(i32 %seed0, i32 %seed1)
  %first = call i64 @joined(i32 %first0, i32 %first1)
  %rows = zext i32 %n to i64
  %lines = zext i32 %room to i64
  %items = mul i64 %rows, {columns}
  %cells = mul i64 %lines, {logged}
  %status = call i32 @{name}(ptr @answer, ptr @raised,
    ptr null, ptr null, i64 1, i64 {record}, ptr %crisis, i64 1, i64 {record}, i64 0, i64 %seed, i64 %first,
    ptr null, ptr null, i64 %items, i64 8, ptr %out, i64 %rows, i64 {columns}, i64 {row_bytes}, i64 8,
    ptr null, ptr null, i64 %cells, i64 8, ptr %log, i64 %lines, i64 {logged}, i64 {line_bytes}, i64 8)
  %failed = icmp ne i32 %status, 0
  %acts = load i64, ptr @answer
  %acts32 = trunc i64 %acts to i32
  %told = select i1 %failed, i32 -2, i32 %acts32
  ret i32 %told
}}
"""


def entry(name: str) -> str:
    """What the page calls, as LLVM's text: it passes everything as 32 bits, and calls the kernel of that name."""
    return ENTRY.format(
        layout=LAYOUT, triple=TRIPLE, name=name, array1=ARRAY1, array2=ARRAY2, width=WIDTH, columns=len(ROW), logged=len(LOG),
        row_bytes=8 * len(ROW), line_bytes=8 * len(LOG), record=record_type(Crisis).itemsize,
    )  # fmt: skip


def retargeted(text: str) -> str:
    """Numba's code for wasm32, without what counts references; the root of the C library is LLVM's own."""
    text = re.sub(r"^target datalayout = .*$", f'target datalayout = "{LAYOUT}"', text, flags=re.MULTILINE)
    text = re.sub(r"^target triple = .*$", f'target triple = "{TRIPLE}"', text, flags=re.MULTILINE)
    return unprocessed(text)


def webassembly(code: Code) -> bytes:
    """The module: it exports ``play``, its memory and where the memory is free from (``__heap_base``), and imports nothing."""
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    module = llvm.parse_assembly(retargeted(code.text))
    module.link_in(llvm.parse_assembly(entry(code.name)))
    for function in module.functions:
        if not function.is_declaration and function.name != "play":
            function.linkage = "internal"
    machine = llvm.Target.from_triple(TRIPLE).create_target_machine(cpu="generic", features=FEATURES, opt=3, reloc="static")
    _optimise(module, machine)
    return _linked(machine.emit_object(module))


def _optimise(module: Any, machine: Any) -> None:
    """Run LLVM's passes over a module. Raises ``ValueError`` where it calls what a browser does not have."""
    tuning = llvm.create_pipeline_tuning_options(speed_level=3)
    tuning.loop_vectorization = tuning.slp_vectorization = False
    builder = llvm.create_pass_builder(machine, tuning)
    builder.getModulePassManager().run(module, builder)
    module.verify()
    missing = [one.name for one in module.functions if one.is_declaration and not one.name.startswith("llvm.")]
    if missing:
        raise ValueError(f"the kernel calls what a browser does not have: {', '.join(missing)}")


def _linked(code: bytes) -> bytes:
    """An object file as a module that stands alone."""
    linker = next(filter(None, map(shutil.which, LINKERS)), None)
    if linker is None:
        raise FileNotFoundError("a linker for WebAssembly is needed: apt-get install lld")
    options = ["--no-entry", "--export=play", "--export=__heap_base", "--strip-all", "--gc-sections", "--stack-first"]
    with tempfile.TemporaryDirectory() as folder:
        made, out = Path(folder, "kernel.o"), Path(folder, "kernel.wasm")
        made.write_bytes(code)
        sizes = ["-z", f"stack-size={STACK}", f"--initial-memory={MEMORY}"]
        subprocess.run([linker, *options, *sizes, "-o", str(out), str(made)], check=True)
        return out.read_bytes()
